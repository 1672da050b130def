import { type BodySink, ChunkedReader } from "./chunked-reader.ts";
import type { Framing } from "./framing.ts";
import type { HttpLimits } from "./limits.ts";

/** Reads one body, whatever its framing, and says when it is over. */
export interface BodyReader {
  readonly done: boolean;
  /** Payload bytes so far. */
  readonly bytes: number;
  /** Reads `chunk` from `start`; returns where the body stopped. Throws ParseFailure. */
  push(chunk: Buffer, start: number, sink: BodySink): number;
}

/**
 * `decode`: give the sink the payload of a chunked body without its chunking. More payload than `maxBytes` in chunks
 * is a ParseFailure; a length beyond it is refused with the head.
 */
export function bodyReader(
  framing: Framing,
  limits: HttpLimits,
  decode: boolean,
  maxBytes = Number.POSITIVE_INFINITY,
): BodyReader {
  switch (framing.kind) {
    case "none":
      return noBody;
    case "length":
      return new LengthReader(framing.length);
    case "close":
      return new LengthReader(Number.POSITIVE_INFINITY);
    case "chunked":
      return new ChunkedReader(limits, decode, maxBytes);
  }
}

const noBody: BodyReader = { done: true, bytes: 0, push: (_chunk, start) => start };

class LengthReader implements BodyReader {
  bytes = 0;
  readonly #length: number;

  constructor(length: number) {
    this.#length = length;
  }

  get done(): boolean {
    return this.bytes === this.#length;
  }

  push(chunk: Buffer, start: number, sink: BodySink): number {
    const stop = Math.min(chunk.length, start + this.#length - this.bytes);
    this.bytes += stop - start;
    sink.chunk(start === 0 && stop === chunk.length ? chunk : chunk.subarray(start, stop));
    if (this.done) sink.end(undefined);
    return stop;
  }
}
