/**
 * How one try of a request ended. `connectFailure`: no connection was made, so nothing was sent; `reset`: the
 * connection broke before a whole answer; `timeout`: the try took longer than it may; `refusedStream`: the upstream
 * said that it did not begin (HTTP/2 REFUSED_STREAM); `overflow`: a circuit breaker refused it here.
 */
export type TryFailure = "connectFailure" | "reset" | "timeout" | "refusedStream" | "overflow";

export interface TryAnswer {
  /** 0 when no answer's head came. */
  readonly status: number;
  /** `grpc-status` of the answer's headers; the one in trailers comes too late for a retry. */
  readonly grpcStatus?: number | undefined;
  readonly failure?: TryFailure | undefined;
}
