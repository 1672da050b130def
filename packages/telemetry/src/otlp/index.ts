/**
 * OTLP on the wire, in protobuf and JSON, without the OpenTelemetry SDK.
 *
 * Enter by `encode…` and `decode…` in `codec.ts`. `messages/` holds the schema: for each message its type and the
 * numbers of its fields. `schema/` is the engine: a kind knows both encodings of one type of value.
 */
export type { Attributes, AttributeValue } from "./attributes.ts";
export * from "./codec.ts";
export * from "./decode-error.ts";
export type * from "./messages/common.ts";
export type * from "./messages/data-points.ts";
export type * from "./messages/logs.ts";
export type {
  ExportMetricsServiceRequest,
  Metric,
  ResourceMetrics,
  ScopeMetrics,
} from "./messages/metrics.ts";
export { temporality } from "./messages/metrics.ts";
export type { PartialSuccess, Signal, Status } from "./messages/responses.ts";
export { rpcCode } from "./messages/responses.ts";
export type * from "./messages/trace.ts";
export { spanKind, statusCode } from "./messages/trace.ts";
export type { Draft } from "./schema/message.ts";
