import type { BodySink } from "../http1/chunked-reader.ts";
import type { Fields } from "../http1/fields.ts";
import type { CallerStream } from "./caller-stream.ts";
import { StreamLayer } from "./stream-layer.ts";

/** Of a longer body no more is kept, and it can be had once only (Linkerd's limit for retries). */
const keptBytes = 64 * 1024;

/** A request's body, whole. */
export interface WholeBody {
  readonly parts: readonly Buffer[];
  readonly trailers: Fields | undefined;
}

/**
 * A caller's stream whose body is read at once, whoever wants it or not, and kept up to a limit, so that it can be
 * had again. What nobody has taken yet is never more than the limit: then the caller is held back.
 */
export class BufferedStream extends StreamLayer {
  /** The last byte of the request is here. */
  complete = false;
  #whenComplete: (() => void)[] = [];
  /** Undefined when there was too much of it to keep. */
  #parts: Buffer[] | undefined = [];
  #bytes = 0;
  #trailers: Fields | undefined;
  #failure: Error | undefined;
  #sink: BodySink | undefined;
  /** Chunks are made here where the sink wants them as HTTP/1.1 has them. */
  #chunked = false;
  #onBodyFailure: ((failure: Error) => void) | undefined;

  constructor(inner: CallerStream) {
    super(inner);
    inner.onBodyFailure = (failure) => {
      this.#failure = failure;
      this.#onBodyFailure?.(failure);
    };
    inner.readBody({ chunk: (bytes) => this.#take(bytes), end: (trailers) => this.#end(trailers) }, false);
  }

  /** Calls back once the request is complete, at once if it is. */
  whenComplete(callback: () => void): void {
    if (this.complete) callback();
    else this.#whenComplete.push(callback);
  }

  /** The whole body, if it is here and was not too long to keep. */
  get whole(): WholeBody | undefined {
    return this.complete && this.#parts ? { parts: this.#parts, trailers: this.#trailers } : undefined;
  }

  /** Whether `readBody` would still give all of it. */
  get replayable(): boolean {
    return this.#parts !== undefined;
  }

  override get onBodyFailure(): ((failure: Error) => void) | undefined {
    return this.#onBodyFailure;
  }

  override set onBodyFailure(callback: ((failure: Error) => void) | undefined) {
    this.#onBodyFailure = callback;
    if (this.#failure) callback?.(this.#failure);
  }

  /** Gives the body from its beginning; who had it before gets no more of it. */
  override readBody(sink: BodySink, raw: boolean): void {
    this.#sink = sink;
    this.#chunked = raw && this.framing.kind === "chunked";
    for (const part of this.#parts ?? []) this.#give(part, sink);
    this.#forgetLong();
    if (this.complete) this.#finish(sink);
    else this.inner.resumeBody();
  }

  /** Whoever has the body now wants no more of it; another will, from its beginning. */
  release(): void {
    this.#sink = undefined;
  }

  #take(bytes: Buffer): void {
    // An empty chunk would end the body.
    if (bytes.length === 0) return;
    this.#bytes += bytes.length;
    // The bytes are valid during the call only.
    this.#parts?.push(Buffer.from(bytes));
    if (this.#sink) {
      this.#give(bytes, this.#sink);
      this.#forgetLong();
    } else if (this.#bytes >= keptBytes) this.inner.pauseBody();
  }

  #end(trailers: Fields | undefined): void {
    this.complete = true;
    this.#trailers = trailers;
    if (this.#sink) this.#finish(this.#sink);
    for (const callback of this.#whenComplete) callback();
    this.#whenComplete = [];
  }

  #give(bytes: Buffer, sink: BodySink): void {
    if (this.#chunked)
      sink.chunk(Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, lineEnd]));
    else sink.chunk(bytes);
  }

  #finish(sink: BodySink): void {
    if (this.#chunked) sink.chunk(lastChunk);
    sink.end(this.#trailers);
  }

  /** What was given to a sink and is too long to be kept for another. */
  #forgetLong(): void {
    if (this.#bytes > keptBytes) this.#parts = undefined;
  }
}

const lineEnd = Buffer.from("\r\n");
const lastChunk = Buffer.from("0\r\n");
