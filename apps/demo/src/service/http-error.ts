/** An answer other than success, thrown anywhere below a handler; the server turns it into `{error: {code, message}}`. */
export class HttpError extends Error {
  readonly status: number;
  readonly code: string;
  /** More for the caller to act on, for example the place of the wrong field. */
  readonly details: Record<string, unknown>;

  constructor(
    status: number,
    code: string,
    message: string,
    details: Record<string, unknown> = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.status = status;
    this.code = code;
    this.details = details;
  }
}

/** 400 for one field: says where it is and what is expected there. */
export function invalidInput(where: string, expected: string): HttpError {
  return new HttpError(400, "invalid-input", `${where} ${expected}`, { where });
}
