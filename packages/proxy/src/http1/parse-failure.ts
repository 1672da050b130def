/** Why bytes were refused as HTTP/1.1; each is a label of the reject counter. */
export const parseReasons = [
  "request-line",
  "method",
  "request-target",
  "http-0.9",
  "unknown-version",
  "status-line",
  "bare-lf",
  "bare-cr",
  "control-character",
  "obs-fold",
  "field-name",
  "space-before-colon",
  "no-colon",
  "line-too-long",
  "head-too-large",
  "too-many-fields",
  "no-host",
  "many-hosts",
  "host",
  "content-length",
  "many-content-lengths",
  "transfer-encoding",
  "unknown-transfer-coding",
  "transfer-encoding-in-1.0",
  "transfer-encoding-and-content-length",
  "body-too-large",
  "chunk-size",
  "chunk-extension",
  "chunk-end",
  "trailer",
  "connect",
  "head-timeout",
  "body-timeout",
  "truncated",
  "tls-handshake",
  "http2-session",
  "http2-resets",
] as const;
export type ParseReason = (typeof parseReasons)[number];

/** Bytes that are not the HTTP/1.1 message they claim to be (RFC 9112). The connection cannot be used further. */
export class ParseFailure extends Error {
  readonly code = "PARSE_FAILURE";
  readonly reason: ParseReason;

  constructor(reason: ParseReason, message: string) {
    super(message);
    this.name = "ParseFailure";
    this.reason = reason;
  }
}
