export type UpstreamFailureCode =
  | "CONNECT_FAILED"
  | "CONNECT_TIMEOUT"
  | "UPSTREAM_CLOSED"
  | "UPSTREAM_REFUSED"
  | "UPSTREAM_PROTOCOL"
  | "UPSTREAM_TIMEOUT";

/**
 * The upstream could not be reached, went away, was silent for too long, or did not speak HTTP. UPSTREAM_REFUSED: it
 * has not begun with the request (HTTP/2's REFUSED_STREAM, or a stream above GOAWAY's last), so another may.
 */
export class UpstreamFailure extends Error {
  readonly code: UpstreamFailureCode;
  /** Not a byte of the response had come: nothing has reached the caller. */
  readonly beforeResponse: boolean;

  constructor(code: UpstreamFailureCode, message: string, beforeResponse: boolean, cause?: unknown) {
    super(message, { cause });
    this.name = "UpstreamFailure";
    this.code = code;
    this.beforeResponse = beforeResponse;
  }
}
