export type RequestFailureCode = "NO_ROUTE" | "NO_HEALTHY_UPSTREAM" | "NOT_ALLOWED" | "CLIENT_GONE";

/** A well-formed request that cannot be served, through no upstream's fault. */
export class RequestFailure extends Error {
  readonly code: RequestFailureCode;

  constructor(code: RequestFailureCode, message: string) {
    super(message);
    this.name = "RequestFailure";
    this.code = code;
  }
}
