export type RequestFailureCode =
  | "NO_ROUTE"
  | "NO_HEALTHY_UPSTREAM"
  | "NOT_ALLOWED"
  | "CLIENT_GONE"
  /** An authorization policy refuses it. */
  | "DENIED"
  /** A rate limit is used up. */
  | "LIMITED"
  /** A circuit breaker's limit is reached. */
  | "OVERFLOW"
  /** The route's timeout, retries included. */
  | "DEADLINE_EXCEEDED"
  /** The timeout of one try. */
  | "TRY_TIMEOUT"
  /** The last retry failed, too; `cause` is how. */
  | "RETRIES_EXHAUSTED";

/** A well-formed request that cannot be served, through no upstream's fault. */
export class RequestFailure extends Error {
  readonly code: RequestFailureCode;

  constructor(code: RequestFailureCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = "RequestFailure";
    this.code = code;
  }
}
