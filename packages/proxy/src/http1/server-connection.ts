import type { Socket } from "node:net";
import { type BodyReader, bodyReader } from "./body-reader.ts";
import type { BodySink } from "./chunked-reader.ts";
import type { Expiring } from "./deadlines.ts";
import { requestFraming } from "./framing.ts";
import { HeadScanner } from "./head-scanner.ts";
import { HeadWriter } from "./head-writer.ts";
import { keepsAlive } from "./hop-by-hop.ts";
import { ParseFailure } from "./parse-failure.ts";
import { parseRequestHead, parseRequestLine } from "./request-head.ts";
import type { DetachedSocket, ServerSettings } from "./server-settings.ts";
import { ServerStream } from "./server-stream.ts";

/**
 * One connection of a caller: requests in order, one at a time, pipelined ones waiting unread (RFC 9112 9.3.2).
 * A request's body is pushed to the sink that the handler attaches, and read only as fast as the sink takes it.
 */
export class ServerConnection implements Expiring {
  deadlineMs = Number.POSITIVE_INFINITY;
  readonly socket: Socket;
  readonly settings: ServerSettings;
  readonly writer: HeadWriter;

  readonly #scanner: HeadScanner;
  readonly #onGone: (connection: ServerConnection) => void;
  #rest: Buffer | undefined;
  #stream: ServerStream | undefined;
  #reader: BodyReader | undefined;
  #sink: BodySink | undefined;
  #advancing = false;
  #reading = true;
  #bodyPaused = false;
  #ended = false;
  /** No further request is served: the answer under way is the last. */
  #closing = false;
  #over = false;

  constructor(socket: Socket, settings: ServerSettings, onGone: (connection: ServerConnection) => void) {
    this.socket = socket;
    this.settings = settings;
    this.writer = new HeadWriter(socket);
    this.#scanner = new HeadScanner(settings.limits, parseRequestLine);
    this.#onGone = onGone;
    socket.on("data", this.#onData);
    socket.on("drain", this.#onDrain);
    socket.on("end", this.#onEnd);
    socket.on("error", ignore);
    socket.on("close", this.#onClose);
    this.#setDeadline(settings.limits.idleTimeoutMs);
    settings.deadlines.add(this);
    // A socket that was looked at before, to tell what it speaks, comes paused.
    socket.resume();
  }

  /** Whether the answer under way must tell the caller that the connection ends with it. */
  get mustClose(): boolean {
    return this.#closing || (this.#ended && this.#rest === undefined) || this.#reader?.done === false;
  }

  /** Ends the connection once the request under way is answered, at once when there is none. */
  drain(): void {
    this.#closing = true;
    if (this.#stream === undefined && !this.#scanner.started) this.#close();
  }

  /** The handler is ready for the request's body. */
  attachBody(sink: BodySink): void {
    this.#sink = sink;
    if (this.#reader?.done) {
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

  /** The answer is complete: what is left of an unread request ends the connection, else the next one is served. */
  finish(close: boolean): void {
    this.writer.flush();
    const unread = this.#reader?.done === false;
    this.#stream = undefined;
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

  /** Takes the socket out of HTTP, with the bytes already read beyond the request. */
  detach(): DetachedSocket {
    this.writer.flush();
    this.#forget();
    this.#over = true;
    const { socket } = this;
    socket.off("data", this.#onData).off("drain", this.#onDrain).off("end", this.#onEnd);
    socket.off("close", this.#onClose);
    socket.pause();
    const rest = this.#rest;
    this.#rest = undefined;
    return { socket, rest };
  }

  /** Bytes of the connection that were read before this object had it. */
  receive(bytes: Buffer): void {
    this.#onData(bytes);
  }

  destroy(): void {
    this.socket.destroy();
  }

  /** A part of the answer's body. False asks to wait for the stream's `onWritable`. */
  write(bytes: Buffer): boolean {
    const writable = this.writer.body(bytes);
    if (!writable) this.#setDeadline(this.settings.limits.streamIdleTimeoutMs);
    return writable;
  }

  expire(): void {
    if (this.#over || (this.#stream === undefined && !this.#scanner.started)) this.destroy();
    else if (this.#stream === undefined)
      this.#refuse(new ParseFailure("head-timeout", "the request's head did not come in time"));
    else if (this.#reader?.done === false)
      this.#failStream(new ParseFailure("body-timeout", "the request's body did not come in time"));
    else this.destroy();
  }

  readonly #onData = (chunk: Buffer): void => {
    if (this.#over) return;
    this.#rest = this.#rest ? Buffer.concat([this.#rest, chunk]) : chunk;
    this.#advance();
  };

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
      if (this.#reader === undefined || this.#reader.done) return false;
      if (this.#sink === undefined || this.#bodyPaused) return false;
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
    const framing = requestFraming(head);
    if (head.method === "CONNECT" && framing.kind !== "none")
      throw new ParseFailure("connect", "CONNECT has no body (RFC 9110 9.3.6)");
    this.#scanner.reset();
    this.#reader = bodyReader(framing, this.settings.limits, false);
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
      if (this.#rest === undefined) this.#close();
    } else if (this.#reader?.done === false && this.#rest === undefined)
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
    this.socket.write(this.settings.refuse(failure), "latin1");
    this.#close();
  }

  /** Ends the sending side and throws away what still comes, for a while: see HttpLimits.lingerMs. */
  #close(): void {
    this.#over = true;
    this.#rest = undefined;
    this.socket.end();
    if (this.#ended) return;
    this.#setDeadline(this.settings.limits.lingerMs);
    this.#updateFlow();
  }

  #updateFlow(): void {
    const wanted = this.#over || (this.#rest === undefined && !this.#bodyPaused);
    if (wanted === this.#reading) return;
    this.#reading = wanted;
    if (wanted) this.socket.resume();
    else this.socket.pause();
  }

  /** Only a body that could come and does not has a deadline; while the upstream is awaited, that is its matter. */
  #awaitBody(): void {
    if (this.#reader?.done === false && !this.#bodyPaused)
      this.#setDeadline(this.settings.limits.streamIdleTimeoutMs);
    else if (this.#stream !== undefined || this.#reader !== undefined)
      this.deadlineMs = Number.POSITIVE_INFINITY;
  }

  #forget(): void {
    this.settings.deadlines.delete(this);
    this.#onGone(this);
  }

  #setDeadline(ms: number): void {
    this.deadlineMs = this.settings.deadlines.in(ms);
  }
}

/** `close` follows every error, and is what counts. */
function ignore(): void {}
