import { ByteReader } from "./byte-reader.ts";
import { ByteWriter } from "./byte-writer.ts";
import { lowestBucket } from "./edge-pack.ts";

/** A trace of a request that a bucket of a series counted. */
export interface Exemplar {
  readonly seriesId: number;
  readonly bucket: number;
  /** End of the interval in which it was counted. */
  readonly atMs: number;
  /** 16 bytes. */
  readonly traceId: Uint8Array;
}

const traceIdLength = 16;
/** Room for the bucket in a key beside the series. */
const bucketRange = 1024;

/** The newest exemplar of each series and bucket, or group of buckets. */
export class NewestExemplars {
  readonly #shift: number;
  readonly #newest = new Map<number, Exemplar>();

  /** @param shift of 2^shift neighbouring buckets one is kept. */
  constructor(shift: number) {
    this.#shift = shift;
  }

  add(exemplar: Exemplar): void {
    const group = (exemplar.bucket - lowestBucket) >> this.#shift;
    const key = exemplar.seriesId * bucketRange + group;
    const known = this.#newest.get(key);
    if (!known || known.atMs <= exemplar.atMs) this.#newest.set(key, exemplar);
  }

  /** @param startMs of the slot; undefined: there are none. */
  encode(startMs: number): Uint8Array | undefined {
    if (this.#newest.size === 0) return undefined;
    return encodeExemplars(
      [...this.#newest].sort(([a], [b]) => a - b).map(([, exemplar]) => exemplar),
      startMs,
    );
  }
}

/**
 * For each its series (as the distance from the one before), its bucket, the milliseconds since the slot's start, all
 * varints, and the trace id.
 */
function encodeExemplars(exemplars: readonly Exemplar[], startMs: number): Uint8Array {
  const writer = new ByteWriter(exemplars.length * 22);
  let before = 0;
  for (const { seriesId, bucket, atMs, traceId } of exemplars) {
    writer.varint(seriesId - before);
    before = seriesId;
    writer.varint(bucket - lowestBucket);
    writer.varint(Math.max(0, Math.round(atMs - startMs)));
    writer.bytes(traceId);
  }
  return writer.copy();
}

/** @param startMs of the slot they were encoded for. @throws BrokenBytes for bytes that are none. */
export function* decodeExemplars(encoded: Uint8Array, startMs: number): Generator<Exemplar> {
  const reader = new ByteReader(encoded);
  let seriesId = 0;
  while (!reader.isAtEnd) {
    seriesId = seriesId + reader.varint();
    const bucket = reader.varint() + lowestBucket;
    const atMs = reader.varint() + startMs;
    yield { seriesId, bucket, atMs, traceId: reader.bytes(traceIdLength) };
  }
}
