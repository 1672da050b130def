/**
 * OTLP on the wire, and what every Weir process needs to be observed itself.
 *
 * Two halves that load apart: `@weir/telemetry/otlp` encodes and decodes OTLP, `@weir/telemetry/process` is the frame
 * of a process (logger, metrics registry, health routes, self-tracing, graceful stop). This entry gives both.
 */
export * from "./otlp/index.ts";
export * from "./process/index.ts";
