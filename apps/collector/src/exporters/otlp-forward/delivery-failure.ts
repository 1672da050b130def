/** The backend will never take this request. */
export class PermanentFailure extends Error {
  readonly code = "FORWARD_REFUSED";

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "PermanentFailure";
  }
}

/** The backend did not take the request now. */
export class RetryableFailure extends Error {
  readonly code = "FORWARD_FAILED";
  /** What the backend asked to wait for, in milliseconds. */
  readonly retryAfterMs: number | undefined;

  constructor(message: string, options: ErrorOptions & { readonly retryAfterMs?: number | undefined } = {}) {
    super(message, options);
    this.name = "RetryableFailure";
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** Time for another attempt ran out; the last failure is the cause. */
export class GaveUp extends Error {
  readonly code = "FORWARD_GAVE_UP";

  constructor(cause: Error) {
    super(`gave up: ${cause.message}`, { cause });
    this.name = "GaveUp";
  }
}

/** The collector stops, and the last attempt failed; the failure is the cause. */
export class StoppedWaiting extends Error {
  readonly code = "FORWARD_STOPPED";

  constructor(cause: Error) {
    super(`stopped: ${cause.message}`, { cause });
    this.name = "StoppedWaiting";
  }
}
