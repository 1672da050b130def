import type { DetachedWire } from "../stream/caller-stream.ts";
import type { Wire } from "../wire/wire.ts";
import { type BodyReader, bodyReader } from "./body-reader.ts";
import type { BodySink } from "./chunked-reader.ts";
import type { Expiring } from "./deadlines.ts";
import { type Framing, requestFraming } from "./framing.ts";
import { HeadScanner } from "./head-scanner.ts";
import { keepsAlive } from "./hop-by-hop.ts";
import { ParseFailure } from "./parse-failure.ts";
import { parseRequestHead, parseRequestLine } from "./request-head.ts";
import type { ServerSettings } from "./server-settings.ts";
import { ServerStream } from "./server-stream.ts";

/**
 * One connection of a caller: requests in order, one at a time, pipelined ones waiting unread (RFC 9112 9.3.2).
 * A request's body is pushed to the sink that the handler attaches, and read only as fast as the sink takes it.
 */
export class ServerConnection implements Expiring {
  deadlineMs = Number.POSITIVE_INFINITY;
  readonly wire: Wire;
  readonly settings: ServerSettings;

  readonly #scanner: HeadScanner;
  readonly #onGone: (connection: ServerConnection) => void;
  /** Bytes read and not yet used. Within a read they are borrowed from the wire, and copied when it is over. */
  #rest: Buffer | undefined;
  #borrowed = false;
  #stream: ServerStream | undefined;
  #framing: Framing = { kind: "none" };
  #reader: BodyReader | undefined;
  #sink: BodySink | undefined;
  #advancing = false;
  #reading = true;
  #bodyPaused = false;
  /** Payload that had come when the window began in which a body of known length must make progress. */
  #windowBytes = 0;
  #ended = false;
  /** No further request is served: the answer under way is the last. */
  #closing = false;
  #over = false;
  /** Nothing has come yet that tells HTTP/1.1 from HTTP/2. */
  #unknown = true;

  constructor(wire: Wire, settings: ServerSettings, onGone: (connection: ServerConnection) => void) {
    this.wire = wire;
    this.settings = settings;
    this.#scanner = new HeadScanner(settings.limits, parseRequestLine);
    this.#onGone = onGone;
    wire.onData = this.#onData;
    wire.onDrain = this.#onDrain;
    wire.onEnd = this.#onEnd;
    wire.onClose = this.#onClose;
    this.#setDeadline(settings.limits.idleTimeoutMs);
    settings.deadlines.add(this);
    // A connection that was looked at before, to tell what it speaks, comes paused.
    wire.resume();
  }

  /** Whether the answer under way must tell the caller that the connection ends with it. */
  get mustClose(): boolean {
    return this.#closing || (this.#ended && this.#rest === undefined) || this.unread;
  }

  /** Ends the connection once the request under way is answered, at once when there is none. */
  drain(): void {
    this.#closing = true;
    if (this.#stream === undefined && !this.#scanner.started) this.#close();
  }

  /** The handler is ready for the request's body. */
  attachBody(sink: BodySink, raw: boolean): void {
    const { limits } = this.settings;
    this.#sink = sink;
    this.#reader ??= bodyReader(this.#framing, limits, !raw, limits.maxBodyBytes);
    if (this.#reader.done) {
      sink.end(undefined);
      return;
    }
    // At once, also when called from inside the loop: body bytes that came with the head leave in one write with it.
    const stream = this.#stream;
    while (this.#rest && this.#stream === stream && this.#step(this.#rest));
    this.#advance();
  }

  pauseBody(): void {
    this.#bodyPaused = true;
    this.#awaitBody();
    this.#updateFlow();
  }

  resumeBody(): void {
    if (!this.#bodyPaused) return;
    this.#bodyPaused = false;
    this.#awaitBody();
    this.#advance();
  }

  get requestBytes(): number {
    return this.#reader?.bytes ?? 0;
  }

  /** Whether a part of the request is still to come. */
  get unread(): boolean {
    return this.#reader === undefined ? this.#framing.kind !== "none" : !this.#reader.done;
  }

  /** The answer is complete: what is left of an unread request ends the connection, else the next one is served. */
  finish(close: boolean): void {
    const { unread } = this;
    this.#stream = undefined;
    this.#framing = { kind: "none" };
    this.#sink = undefined;
    this.#reader = undefined;
    this.#bodyPaused = false;
    if (close || unread || this.#closing || (this.#ended && this.#rest === undefined)) {
      this.#close();
      return;
    }
    this.#setDeadline(this.settings.limits.idleTimeoutMs);
    this.#advance();
  }

  /** Takes the connection out of HTTP, with the bytes already read beyond the request. */
  detach(): DetachedWire {
    this.#forget();
    this.#over = true;
    const { wire } = this;
    wire.pause();
    const rest = this.#rest && Buffer.from(this.#rest);
    this.#rest = undefined;
    return { wire, rest };
  }

  /** Bytes of the connection that were read before this object had it. */
  receive(bytes: Buffer): void {
    this.#onData(bytes);
  }

  destroy(): void {
    this.wire.destroy();
  }

  /** Breaks an answer off: an orderly end could be taken for the end of a body that has no other. */
  reset(): void {
    this.wire.reset();
  }

  /** The other side does not take the answer: the deadline for it begins. */
  awaitDrain(): void {
    this.#setDeadline(this.settings.limits.streamIdleTimeoutMs);
  }

  expire(): void {
    if (this.#over || (this.#stream === undefined && !this.#headBegun)) this.destroy();
    else if (this.#stream === undefined)
      this.#refuse(new ParseFailure("head-timeout", "the request's head did not come in time"));
    else if (!this.unread) this.reset();
    else if (this.#makesProgress()) this.#awaitBody();
    else this.#failStream(new ParseFailure("body-timeout", "the request's body did not come in time"));
  }

  readonly #onData = (chunk: Buffer): void => {
    if (this.#over) return;
    const before = this.#rest;
    this.#rest = before ? Buffer.concat([before, chunk]) : chunk;
    this.#borrowed = before === undefined;
    if (this.#unknown && !this.#recognise(this.#rest)) return;
    this.#advance();
    this.#keepBorrowed();
  };

  /** False while the bytes may still become the preface of HTTP/2, and when they have. */
  #recognise(bytes: Buffer): boolean {
    const { http2 } = this.settings;
    const found = http2 ? startsWithPreface(bytes) : false;
    if (found === undefined) {
      this.#setDeadline(this.settings.limits.headTimeoutMs);
      this.#keepBorrowed();
      return false;
    }
    this.#unknown = false;
    if (found) {
      this.#forget();
      this.#over = true;
      http2?.(this.wire.toSocket(bytes), this.settings);
    }
    return !found;
  }

  #keepBorrowed(): void {
    if (this.#rest && this.#borrowed) this.#rest = Buffer.from(this.#rest);
    this.#borrowed = false;
  }

  /** A byte of the next head has come, be it only what could become the preface of HTTP/2. */
  get #headBegun(): boolean {
    return this.#scanner.started || (this.#unknown && this.#rest !== undefined);
  }

  /** Works through what has been read, as far as the request under way and its sink allow. */
  #advance(): void {
    if (this.#advancing) return;
    this.#advancing = true;
    try {
      while (this.#rest && !this.#over && this.#step(this.#rest));
    } finally {
      this.#advancing = false;
    }
    if (this.#ended && !this.#over) this.#afterEnd();
    this.#updateFlow();
  }

  /** One part of a message; false when it must wait. */
  #step(rest: Buffer): boolean {
    try {
      if (this.#stream === undefined) return this.#readHead(rest);
      if (this.#sink === undefined || this.#bodyPaused) return false;
      if (this.#reader === undefined || this.#reader.done) return false;
      this.#rest = undefined;
      this.#keepRest(rest, this.#reader.push(rest, 0, this.#sink));
      this.#awaitBody();
      return true;
    } catch (error) {
      if (!(error instanceof ParseFailure)) throw error;
      this.#rest = undefined;
      if (this.#stream) this.#failStream(error);
      else this.#refuse(error);
      return false;
    }
  }

  #readHead(rest: Buffer): boolean {
    if (!this.#scanner.started) this.#setDeadline(this.settings.limits.headTimeoutMs);
    this.#rest = undefined;
    const end = this.#scanner.push(rest, 0);
    if (!this.#scanner.complete) return false;
    this.#keepRest(rest, end);
    const head = parseRequestHead(this.#scanner);
    const framing = requestFraming(head, this.settings.limits.maxBodyBytes);
    if (head.method === "CONNECT" && framing.kind !== "none")
      throw new ParseFailure("connect", "CONNECT has no body (RFC 9110 9.3.6)");
    this.#scanner.reset();
    this.#framing = framing;
    this.deadlineMs = Number.POSITIVE_INFINITY;
    if (!keepsAlive(head.minorVersion, head.fields) || head.minorVersion === 0) this.#closing = true;
    this.#awaitBody();
    const stream = new ServerStream(this, head, framing);
    this.#stream = stream;
    void this.settings.serve(stream);
    return true;
  }

  #keepRest(rest: Buffer, from: number): void {
    if (from < rest.length) this.#rest = from === 0 ? rest : rest.subarray(from);
  }

  readonly #onDrain = (): void => {
    if (this.#stream === undefined) return;
    this.#awaitBody();
    this.#stream.onWritable?.();
  };

  readonly #onEnd = (): void => {
    this.#ended = true;
    if (!this.#over) this.#afterEnd();
  };

  /** The caller sends no more: what it has asked for whole is still answered. */
  #afterEnd(): void {
    if (this.#stream === undefined) {
      if (this.#headBegun) this.#refuse(new ParseFailure("truncated", "the connection ended inside a head"));
      else if (this.#rest === undefined) this.#close();
    } else if (this.unread && this.#rest === undefined)
      this.#failStream(new ParseFailure("truncated", "the connection ended inside the request's body"));
  }

  readonly #onClose = (): void => {
    this.#forget();
    this.#over = true;
    const stream = this.#stream;
    this.#stream = undefined;
    stream?.onGone?.();
  };

  #failStream(failure: ParseFailure): void {
    this.#closing = true;
    this.#stream?.onBodyFailure?.(failure);
  }

  #refuse(failure: ParseFailure): void {
    this.wire.write(this.settings.refuse(failure));
    this.#close();
  }

  /** Ends the sending side and throws away what still comes, for a while: see HttpLimits.lingerMs. */
  #close(): void {
    this.#over = true;
    this.#rest = undefined;
    this.wire.end();
    if (this.#ended) return;
    this.#setDeadline(this.settings.limits.lingerMs);
    this.#updateFlow();
  }

  #updateFlow(): void {
    const wanted = this.#over || (this.#rest === undefined && !this.#bodyPaused);
    if (wanted === this.#reading) return;
    this.#reading = wanted;
    if (wanted) this.wire.resume();
    else this.wire.pause();
  }

  /** Only a body that could come and does not has a deadline; while the upstream is awaited, that is its matter. */
  #awaitBody(): void {
    const { limits } = this.settings;
    if (!this.unread || this.#bodyPaused) {
      if (this.#stream !== undefined) this.deadlineMs = Number.POSITIVE_INFINITY;
    } else if (this.#framing.kind !== "length") this.#setDeadline(limits.streamIdleTimeoutMs);
    else if (this.deadlineMs === Number.POSITIVE_INFINITY) {
      this.#windowBytes = this.requestBytes;
      this.#setDeadline(limits.bodyWindowMs);
    }
  }

  /** A body of known length has no reason to drip: in each window it must come at the least rate. */
  #makesProgress(): boolean {
    const { minBodyBytesPerSecond, bodyWindowMs } = this.settings.limits;
    if (this.#framing.kind !== "length") return false;
    return this.requestBytes - this.#windowBytes >= (minBodyBytesPerSecond * bodyWindowMs) / 1000;
  }

  #forget(): void {
    this.settings.deadlines.delete(this);
    this.#onGone(this);
  }

  #setDeadline(ms: number): void {
    this.deadlineMs = this.settings.deadlines.in(ms);
  }
}

const preface = Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

/** Whether the bytes begin with the preface of HTTP/2 (RFC 9113 3.4); undefined while they are too few to tell. */
function startsWithPreface(bytes: Buffer): boolean | undefined {
  const length = Math.min(bytes.length, preface.length);
  if (bytes.compare(preface, 0, length, 0, length) !== 0) return false;
  return length === preface.length ? true : undefined;
}
