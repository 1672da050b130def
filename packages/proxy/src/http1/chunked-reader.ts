import { hexValue } from "./character-tables.ts";
import { ChunkExtension } from "./chunk-extension.ts";
import { Fields } from "./fields.ts";
import { HeadScanner } from "./head-scanner.ts";
import type { HttpLimits } from "./limits.ts";
import { ParseFailure } from "./parse-failure.ts";

/** Receives a body as it comes. */
export interface BodySink {
  /** A part of the body: payload, or for a chunked body read raw the bytes as they stood on the wire. */
  chunk(bytes: Buffer): void;
  /** The body is over. `trailers` for a chunked body only, and then always. */
  end(trailers: Fields | undefined): void;
}

const CR = 0x0d;
const LF = 0x0a;
const SEMICOLON = 0x3b;

const SIZE = 0;
const EXTENSION = 1;
const SIZE_LF = 2;
const DATA = 3;
const DATA_CR = 4;
const DATA_LF = 5;
const TRAILERS = 6;
const DONE = 7;

/**
 * Checks a chunked body strictly (RFC 9112 7.1) while it passes. Raw, everything up to the end of the last
 * chunk's line goes to the sink by reference, as it came, and only the trailers are taken apart; decoded, the
 * sink gets the payload alone.
 */
export class ChunkedReader {
  /** Payload bytes so far. */
  bytes = 0;
  readonly #limits: HttpLimits;
  readonly #decode: boolean;
  readonly #maxBytes: number;
  #state = SIZE;
  #size = 0;
  #digits = 0;
  #extension: ChunkExtension | undefined;
  #trailers: HeadScanner | undefined;

  constructor(limits: HttpLimits, decode: boolean, maxBytes = Number.POSITIVE_INFINITY) {
    this.#limits = limits;
    this.#decode = decode;
    this.#maxBytes = maxBytes;
  }

  get done(): boolean {
    return this.#state === DONE;
  }

  /** Reads `chunk` from `start`; returns where it stopped. Throws ParseFailure. */
  push(chunk: Buffer, start: number, sink: BodySink): number {
    let i = start;
    const end = chunk.length;
    while (i < end && this.#state !== TRAILERS && this.#state !== DONE) {
      const byte = chunk[i] as number;
      switch (this.#state) {
        case DATA: {
          const stop = Math.min(end, i + this.#size);
          this.#size -= stop - i;
          this.bytes += stop - i;
          if (this.#decode) sink.chunk(chunk.subarray(i, stop));
          if (this.#size === 0) this.#state = DATA_CR;
          i = stop;
          continue;
        }
        case SIZE:
          this.#readSize(byte);
          break;
        case EXTENSION:
          if (this.#extension?.push(byte)) this.#state = SIZE_LF;
          break;
        case SIZE_LF:
          if (byte !== LF) throw new ParseFailure("chunk-size", "CR without LF after a chunk's size");
          if (this.bytes + this.#size > this.#maxBytes)
            throw new ParseFailure("body-too-large", `more than ${this.#maxBytes} bytes of body`);
          this.#state = this.#size === 0 ? TRAILERS : DATA;
          break;
        case DATA_CR:
          if (byte !== CR) throw new ParseFailure("chunk-end", "a chunk is longer than its size says");
          this.#state = DATA_LF;
          break;
        case DATA_LF:
          if (byte !== LF) throw new ParseFailure("chunk-end", "CR without LF after a chunk");
          this.#state = SIZE;
          this.#digits = 0;
      }
      i++;
    }
    if (!this.#decode && i > start) sink.chunk(start === 0 && i === end ? chunk : chunk.subarray(start, i));
    return this.#state === TRAILERS ? this.#readTrailers(chunk, i, sink) : i;
  }

  #readSize(byte: number): void {
    const digit = hexValue[byte] as number;
    if (digit >= 0) {
      if (this.#digits === 0) this.#size = 0;
      // Twelve digits are 256 TiB and stay exact in a double.
      if (++this.#digits > 12) throw new ParseFailure("chunk-size", "a chunk's size is too long");
      this.#size = this.#size * 16 + digit;
      return;
    }
    if (this.#digits === 0) throw new ParseFailure("chunk-size", "a chunk without a size");
    if (byte === CR) this.#state = SIZE_LF;
    else if (byte === SEMICOLON) {
      this.#state = EXTENSION;
      this.#extension = new ChunkExtension();
    } else throw new ParseFailure("chunk-size", "a chunk's size is not hexadecimal");
  }

  #readTrailers(chunk: Buffer, start: number, sink: BodySink): number {
    if (start === chunk.length && this.#trailers === undefined) return start;
    this.#trailers ??= new HeadScanner(this.#limits);
    const end = this.#trailers.push(chunk, start);
    if (!this.#trailers.complete) return end;
    this.#state = DONE;
    const trailers = new Fields(this.#trailers.text, this.#trailers.offsets);
    for (const key of ["content-length", "transfer-encoding", "host"])
      if (trailers.has(key)) throw new ParseFailure("trailer", `${key} in the trailers (RFC 9110 6.5.1)`);
    sink.end(trailers);
    return end;
  }
}
