/**
 * node:http2, loaded when the first connection needs it: it costs a process some MiB, which a sidecar of HTTP/1.1
 * alone has no reason to pay.
 */
export function loadHttp2(): Promise<typeof import("node:http2")> {
  return import("node:http2");
}

/** Error codes of RFC 9113 7 that are sent from here. */
export const errorCodes = {
  noError: 0,
  protocolError: 1,
  internalError: 2,
  refusedStream: 7,
  cancel: 8,
  enhanceYourCalm: 11,
} as const;
