import { encodeRetryStatus } from "@weir/telemetry/grpc";
import { OtlpDecodeError, rpcCode } from "@weir/telemetry/otlp";
import { Refusal } from "../refusal.ts";

/** How a call ended, as meters call it (google.rpc.Code). */
export type GrpcStatusName =
  | "OK"
  | "CANCELLED"
  | "INVALID_ARGUMENT"
  | "NOT_FOUND"
  | "RESOURCE_EXHAUSTED"
  | "UNIMPLEMENTED"
  | "INTERNAL"
  | "UNAVAILABLE";

export interface GrpcStatus {
  readonly name: GrpcStatusName;
  readonly code: number;
  /** For the sender. */
  readonly message: string;
  /** When to try again; undefined: this request never. */
  readonly retryDelayMs?: number | undefined;
}

/** Nothing here answers such a call; the message says which. */
export class Unimplemented extends Error {
  readonly code = "UNIMPLEMENTED";

  constructor(message: string) {
    super(message);
    this.name = "Unimplemented";
  }
}

const names: Readonly<Record<number, GrpcStatusName>> = {
  [rpcCode.invalidArgument]: "INVALID_ARGUMENT",
  [rpcCode.notFound]: "NOT_FOUND",
  [rpcCode.resourceExhausted]: "RESOURCE_EXHAUSTED",
  [rpcCode.unimplemented]: "UNIMPLEMENTED",
  [rpcCode.internal]: "INTERNAL",
  [rpcCode.unavailable]: "UNAVAILABLE",
};

/**
 * The status that a call ends with after an error. What passes by itself carries a delay: OTLP clients try UNAVAILABLE
 * again in any case, RESOURCE_EXHAUSTED only with RetryInfo (OTLP specification: OTLP/gRPC failures).
 */
export function statusOf(error: unknown): GrpcStatus {
  if (error instanceof Unimplemented) return { ...coded(rpcCode.unimplemented), message: error.message };
  if (error instanceof OtlpDecodeError) return { ...coded(rpcCode.invalidArgument), message: error.message };
  if (!(error instanceof Refusal))
    return { ...coded(rpcCode.internal), message: "the collector failed; its log says how" };
  const { code, headers } = error.response;
  const retryAfter = headers?.["retry-after"];
  return {
    ...coded(code),
    message: error.message,
    retryDelayMs: retryAfter === undefined ? undefined : Number(retryAfter) * 1000,
  };
}

function coded(code: number): { readonly name: GrpcStatusName; readonly code: number } {
  return { name: names[code] ?? "INTERNAL", code };
}

/** The trailers of a call that failed (gRPC over HTTP/2: Trailers). */
export function trailersOf(status: GrpcStatus): Record<string, string> {
  const trailers: Record<string, string> = {
    "grpc-status": String(status.code),
    "grpc-message": percentEncoded(status.message),
  };
  if (status.retryDelayMs !== undefined)
    trailers["grpc-status-details-bin"] = encodeRetryStatus(status).toString("base64");
  return trailers;
}

/** UTF-8 in which everything but printable ASCII, and `%`, is written as `%XX` (gRPC over HTTP/2: Percent-Encoded). */
function percentEncoded(text: string): string {
  let encoded = "";
  for (const byte of Buffer.from(text))
    encoded +=
      byte >= 0x20 && byte <= 0x7e && byte !== 0x25
        ? String.fromCharCode(byte)
        : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  return encoded;
}
