/**
 * What gRPC itself says beside its messages: a status with details, and the health service.
 *
 * Framing, codes and trailers are the server's; here are the protobuf messages alone.
 */
export * from "./health.ts";
export * from "./retry-status.ts";
