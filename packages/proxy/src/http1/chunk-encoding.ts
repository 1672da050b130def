import type { Wire } from "../wire/wire.ts";

/** Sends a part of a body as one chunk (RFC 9112 7.1). False asks to wait for the wire to drain. */
export function sendChunk(wire: Wire, bytes: Buffer): boolean {
  // An empty chunk would end the body.
  if (bytes.length === 0) return true;
  wire.write(`${bytes.length.toString(16)}\r\n`);
  const writable = wire.send(bytes);
  wire.write("\r\n");
  return writable;
}

/** The line of the last chunk; trailers and an empty line follow. */
export const lastChunk = "0\r\n";
