/** There is no room for the request: the sender should come again when the spool has drained. */
export class SpoolFull extends Error {
  readonly code = "SPOOL_FULL";

  constructor(maxBytes: number) {
    super(`the spool is full: it may hold ${maxBytes} bytes`);
    this.name = "SpoolFull";
  }
}

/** The request could not be made durable, for the reason in `cause`: it must not be acknowledged. */
export class SpoolFailed extends Error {
  readonly code = "SPOOL_FAILED";

  constructor(cause: unknown) {
    super(`the spool cannot be written: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
    this.name = "SpoolFailed";
  }
}

/** The spool cannot be opened at all; the message is one sentence for whoever configured it. */
export class SpoolUnavailable extends Error {
  readonly code = "SPOOL_UNAVAILABLE";

  constructor(directory: string, reason: string, options?: ErrorOptions) {
    super(`cannot use the spool in ${directory}: ${reason}`, options);
    this.name = "SpoolUnavailable";
  }
}
