/** Bounds on one HTTP/1.1 connection, in bytes and milliseconds. */
export interface HttpLimits {
  /** One line of a head or of trailers, its CRLF not counted. */
  readonly maxLineBytes: number;
  /** A whole head, or all trailers together. */
  readonly maxHeadBytes: number;
  readonly maxFields: number;
  /** Payload of one request's body; absent: as much as comes. */
  readonly maxBodyBytes?: number;
  /** From a head's first byte to its last: a peer that drips is cut off, however steadily it drips. */
  readonly headTimeoutMs: number;
  /** A connection between two requests. */
  readonly idleTimeoutMs: number;
  /** A message that has begun and in which neither side moves a byte (Envoy: stream idle timeout). */
  readonly streamIdleTimeoutMs: number;
  /** What a body whose length is known must bring in each window, on average. */
  readonly minBodyBytesPerSecond: number;
  readonly bodyWindowMs: number;
  readonly connectTimeoutMs: number;
  /** After an answer that closes: how long what the peer still sends is read and thrown away, so that no reset
   * destroys the answer on its way (RFC 9112 9.6). */
  readonly lingerMs: number;
}

export const defaultLimits: HttpLimits = {
  maxLineBytes: 16 * 1024,
  maxHeadBytes: 64 * 1024,
  maxFields: 200,
  headTimeoutMs: 10_000,
  idleTimeoutMs: 300_000,
  streamIdleTimeoutMs: 300_000,
  minBodyBytesPerSecond: 128,
  bodyWindowMs: 30_000,
  connectTimeoutMs: 5_000,
  lingerMs: 1_000,
};

/** The defaults, with what is said otherwise; the last word counts. */
export function limitsWith(
  ...changes: readonly (Readonly<{ [Key in keyof HttpLimits]?: number | undefined }> | undefined)[]
): HttpLimits {
  const said = changes.flatMap((change) => Object.entries(change ?? {}));
  return Object.assign(
    { ...defaultLimits },
    Object.fromEntries(said.filter(([, value]) => value !== undefined)),
  );
}
