/** A body that is not what its content type says; the sender must not send it again as it is. */
export class OtlpDecodeError extends Error {
  readonly code = "OTLP_DECODE";

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "OtlpDecodeError";
  }
}
