import type { Socket } from "node:net";
import { type BodyReader, bodyReader } from "./body-reader.ts";
import type { BodySink } from "./chunked-reader.ts";
import type { Deadlines, Expiring } from "./deadlines.ts";
import { type Framing, responseFraming } from "./framing.ts";
import { HeadScanner } from "./head-scanner.ts";
import { HeadWriter } from "./head-writer.ts";
import { keepsAlive } from "./hop-by-hop.ts";
import type { HttpLimits } from "./limits.ts";
import { parseResponseHead, parseStatusLine, type ResponseHead } from "./response-head.ts";
import { UpstreamFailure, type UpstreamFailureCode } from "./upstream-failure.ts";

/** Receives one response; either `end`, `upgraded` or `fail` comes last, and once. */
export interface ResponseSink extends BodySink {
  /** A 1xx other than 101. */
  interim(head: ResponseHead): void;
  head(head: ResponseHead, framing: Framing): void;
  /** 101: HTTP is over. The sink takes the socket with `detach`; `rest` is what had been read from it ahead. */
  upgraded(head: ResponseHead, rest: Buffer): void;
  /** All that one read brought has been given. */
  flush(): void;
  /** The upstream takes bytes again after `write` said no. */
  writable(): void;
  fail(failure: UpstreamFailure): void;
}

export interface UpstreamRequest {
  /** Head as written, ending with the empty line. */
  readonly head: string;
  readonly method: string;
  readonly upgrade: boolean;
  /** Give the sink the payload of a chunked response instead of its bytes. */
  readonly decode: boolean;
}

/** What a pool is told of its connections. */
export interface UpstreamOwner {
  /** The connection may serve another request; `idleLimitMs` where the upstream named its own limit. */
  idle(connection: UpstreamConnection, idleLimitMs: number | undefined): void;
  gone(connection: UpstreamConnection): void;
}

/** One connection to an upstream with at most one request in flight: nothing is ever pipelined on it. */
export class UpstreamConnection implements Expiring {
  deadlineMs = Number.POSITIVE_INFINITY;
  /** Requests sent on it; above one it is a reused connection. */
  requests = 0;

  readonly #socket: Socket;
  readonly #writer: HeadWriter;
  readonly #limits: HttpLimits;
  readonly #deadlines: Deadlines;
  readonly #owner: UpstreamOwner;
  readonly #scanner: HeadScanner;
  #request: UpstreamRequest | undefined;
  #sink: ResponseSink | undefined;
  #reader: BodyReader | undefined;
  #untilClose = false;
  #reusable = false;
  #idleLimitMs: number | undefined;
  #requestSent = false;
  #responseStarted = false;
  #cause: unknown;

  constructor(socket: Socket, limits: HttpLimits, deadlines: Deadlines, owner: UpstreamOwner) {
    this.#socket = socket;
    this.#writer = new HeadWriter(socket);
    this.#limits = limits;
    this.#deadlines = deadlines;
    this.#owner = owner;
    this.#scanner = new HeadScanner(limits, parseStatusLine);
    socket.on("data", this.#onData);
    socket.on("drain", this.#onDrain);
    socket.on("end", this.#onEnd);
    socket.on("error", this.#onError);
    socket.on("close", this.#onClose);
    deadlines.add(this);
  }

  /** False once either side has begun to close it, which its owner is told a little later. */
  get usable(): boolean {
    return this.#socket.readable && this.#socket.writable;
  }

  /** Starts a request. Its head leaves with `body`, `flush`, or at the latest with `requestEnd`. */
  send(request: UpstreamRequest, sink: ResponseSink): void {
    this.requests++;
    this.#request = request;
    this.#sink = sink;
    this.#requestSent = false;
    this.#responseStarted = false;
    this.#scanner.reset();
    this.#touch();
    this.#writer.head(request.head);
  }

  /** False asks to wait for the sink's `writable`. */
  body(bytes: Buffer): boolean {
    this.#touch();
    return this.#writer.body(bytes);
  }

  /** The request is complete; `tail` is what ends a chunked body. */
  requestEnd(tail?: string): void {
    if (tail !== undefined) this.#writer.head(tail);
    this.#writer.flush();
    this.#requestSent = true;
  }

  flush(): void {
    this.#writer.flush();
  }

  /** Backpressure: the caller's connection is full. */
  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#touch();
    this.#socket.resume();
  }

  /** Gives the connection up; the sink hears nothing more. */
  destroy(): void {
    this.#sink = undefined;
    this.#socket.destroy();
  }

  /** Hands the raw socket over; this object has no part in it any more. */
  detach(): Socket {
    this.#sink = undefined;
    this.#forget();
    const socket = this.#socket;
    socket.off("data", this.#onData).off("drain", this.#onDrain).off("end", this.#onEnd);
    socket.off("error", this.#onError).off("close", this.#onClose);
    socket.pause();
    return socket;
  }

  expire(): void {
    this.#fail("UPSTREAM_TIMEOUT", "the upstream was silent for too long");
  }

  readonly #onData = (chunk: Buffer): void => {
    const sink = this.#sink;
    if (sink === undefined) {
      // Bytes that nobody asked for: the next answer on this connection could not be trusted.
      this.#socket.destroy();
      return;
    }
    this.#responseStarted = true;
    this.#touch();
    try {
      this.#read(chunk, sink);
    } catch (cause) {
      this.#fail("UPSTREAM_PROTOCOL", `the upstream's response is malformed: ${String(cause)}`, cause);
      return;
    }
    sink.flush();
  };

  #read(chunk: Buffer, sink: ResponseSink): void {
    let position = 0;
    while (position < chunk.length && this.#sink === sink) {
      if (this.#reader === undefined) {
        position = this.#scanner.push(chunk, position);
        if (!this.#scanner.complete) return;
        const head = parseResponseHead(this.#scanner);
        this.#scanner.reset();
        if (head.status === 101) {
          this.#upgrade(head, chunk.subarray(position), sink);
          return;
        }
        if (head.status < 200) sink.interim(head);
        else this.#begin(head, sink);
      } else position = this.#reader.push(chunk, position, sink);
      if (this.#reader?.done) this.#complete(position === chunk.length);
    }
  }

  #begin(head: ResponseHead, sink: ResponseSink): void {
    const request = this.#request as UpstreamRequest;
    const framing = responseFraming(head, request.method);
    this.#untilClose = framing.kind === "close";
    this.#reusable = keepsAlive(head.minorVersion, head.fields) && !this.#untilClose;
    this.#idleLimitMs = keepAliveHintMs(head.fields.get("keep-alive"));
    this.#reader = bodyReader(framing, this.#limits, request.decode);
    sink.head(head, framing);
    if (this.#reader.done) sink.end(undefined);
  }

  #upgrade(head: ResponseHead, rest: Buffer, sink: ResponseSink): void {
    if (!this.#request?.upgrade) throw new Error("101 without a request to upgrade");
    sink.upgraded(head, rest);
  }

  #complete(clean: boolean): void {
    this.#sink?.flush();
    this.#sink = undefined;
    this.#reader = undefined;
    this.deadlineMs = Number.POSITIVE_INFINITY;
    if (clean && this.#reusable && this.#requestSent && !this.#socket.destroyed) {
      this.#socket.resume();
      this.#owner.idle(this, this.#idleLimitMs);
    } else this.#socket.destroy();
  }

  readonly #onDrain = (): void => {
    if (this.#sink === undefined) return;
    this.#touch();
    this.#sink.writable();
  };

  readonly #onEnd = (): void => {
    const sink = this.#sink;
    if (sink && this.#reader && this.#untilClose) {
      sink.end(undefined);
      this.#complete(false);
      return;
    }
    this.#fail("UPSTREAM_CLOSED", "the upstream closed the connection before its response was over");
  };

  readonly #onError = (error: Error): void => {
    this.#cause = error;
  };

  readonly #onClose = (): void => {
    this.#forget();
    this.#fail("UPSTREAM_CLOSED", "the connection to the upstream broke", this.#cause);
  };

  #fail(code: UpstreamFailureCode, message: string, cause?: unknown): void {
    const sink = this.#sink;
    this.#sink = undefined;
    this.#socket.destroy();
    sink?.fail(new UpstreamFailure(code, message, !this.#responseStarted, cause));
  }

  #forget(): void {
    this.#deadlines.delete(this);
    this.#owner.gone(this);
  }

  #touch(): void {
    this.deadlineMs = this.#deadlines.in(this.#limits.streamIdleTimeoutMs);
  }
}

/** `Keep-Alive: timeout=5` (RFC 2068 19.7.1): the server closes then, so this side stops a second before. */
function keepAliveHintMs(value: string | undefined): number | undefined {
  const seconds = value === undefined ? null : /(?:^|[,\s])timeout=(\d{1,6})/i.exec(value);
  return seconds ? Math.max(0, Number(seconds[1]) * 1000 - 1000) : undefined;
}
