import type { Encoding, PartialSuccess, Signal } from "@weir/telemetry/otlp";

/** An OTLP request to be passed on as it is. */
export interface ForwardRequest {
  readonly signal: Signal;
  readonly encoding: Encoding;
  readonly body: Buffer;
  /** `Content-Encoding` of the body; absent: none. */
  readonly coding?: "gzip";
}

/**
 * Delivers a request and resolves with what the backend did not take of it (undefined: nothing), or throws
 * PermanentFailure or RetryableFailure. Once `abort` is aborted it ends soon, with whatever error.
 */
export type Send = (request: ForwardRequest, abort: AbortSignal) => Promise<PartialSuccess | undefined>;
