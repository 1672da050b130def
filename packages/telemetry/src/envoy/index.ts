/**
 * Envoy's access-log service (gRPC ALS v3) on the wire: what is read of its messages.
 *
 * Enter by `codec.ts`. `messages/` has the numbers of the fields, under the names of Envoy's API (envoy/data/accesslog/v3,
 * envoy/service/accesslog/v3, envoy/config/core/v3); fields that are not listed are skipped.
 */
export * from "./codec.ts";
export type { AccessLogCommon } from "./messages/access-log-common.ts";
export { accessLogType } from "./messages/access-log-common.ts";
export type { HttpAccessLogEntry, TcpAccessLogEntry } from "./messages/access-log-entries.ts";
export { requestMethods } from "./messages/access-log-entries.ts";
export type { Node } from "./messages/node.ts";
export type { ResponseFlags } from "./messages/response-flags.ts";
export type { Identifier, StreamAccessLogsMessage } from "./messages/stream-access-logs.ts";
export type { Struct, StructValue } from "./messages/struct.ts";
