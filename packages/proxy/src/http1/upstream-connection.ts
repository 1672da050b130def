import type { ResponseSink, UpstreamRequest, UpstreamStream } from "../stream/upstream-stream.ts";
import type { Wire } from "../wire/wire.ts";
import { type BodyReader, bodyReader } from "./body-reader.ts";
import { lastChunk, sendChunk } from "./chunk-encoding.ts";
import type { Deadlines, Expiring } from "./deadlines.ts";
import type { Fields } from "./fields.ts";
import { responseFraming } from "./framing.ts";
import { HeadScanner } from "./head-scanner.ts";
import { keepsAlive } from "./hop-by-hop.ts";
import type { HttpLimits } from "./limits.ts";
import { ParseFailure } from "./parse-failure.ts";
import { parseResponseHead, parseStatusLine, type ResponseHead } from "./response-head.ts";
import { UpstreamFailure, type UpstreamFailureCode } from "./upstream-failure.ts";
import { writeRequestHead, writeTrailers } from "./write-head.ts";

/** What a pool is told of its connections. */
export interface UpstreamOwner {
  /** The connection may serve another request; `idleLimitMs` where the upstream named its own limit. */
  idle(connection: UpstreamConnection, idleLimitMs: number | undefined): void;
  gone(connection: UpstreamConnection): void;
}

/** More than any real response has; an upstream must not keep a caller waiting with them for ever. */
const maxInterims = 20;

/** One connection to an upstream with at most one request in flight: nothing is ever pipelined on it. */
export class UpstreamConnection implements UpstreamStream, Expiring {
  readonly version = "1.1";
  deadlineMs = Number.POSITIVE_INFINITY;
  /** Requests sent on it; above one it is a reused connection. */
  requests = 0;

  readonly #wire: Wire;
  readonly #limits: HttpLimits;
  readonly #deadlines: Deadlines;
  readonly #owner: UpstreamOwner;
  readonly #scanner: HeadScanner;
  #request: UpstreamRequest | undefined;
  #sink: ResponseSink | undefined;
  #reader: BodyReader | undefined;
  /** The request's body is chunked here. */
  #encode = false;
  #untilClose = false;
  #reusable = false;
  #idleLimitMs: number | undefined;
  #requestSent = false;
  #responseStarted = false;
  #interims = 0;

  constructor(wire: Wire, limits: HttpLimits, deadlines: Deadlines, owner: UpstreamOwner) {
    this.#wire = wire;
    this.#limits = limits;
    this.#deadlines = deadlines;
    this.#owner = owner;
    this.#scanner = new HeadScanner(limits, parseStatusLine);
    wire.onData = this.#onData;
    wire.onDrain = this.#onDrain;
    wire.onEnd = this.#onEnd;
    wire.onClose = this.#onClose;
    deadlines.add(this);
  }

  /** False once either side has begun to close it, which its owner is told a little later. */
  get usable(): boolean {
    return this.#wire.usable;
  }

  get reused(): boolean {
    return this.requests > 1;
  }

  send(request: UpstreamRequest, sink: ResponseSink): void {
    this.requests++;
    this.#request = request;
    this.#sink = sink;
    this.#encode = request.framing.kind === "chunked" && !request.rawRequest;
    this.#requestSent = false;
    this.#responseStarted = false;
    this.#interims = 0;
    this.#scanner.reset();
    this.#touch();
    const { method, target, fields, upgrade } = request;
    const coding = this.#encode ? "chunked" : "keep";
    this.#wire.write(writeRequestHead(method, target, fields, { upgrade, coding }));
  }

  body(bytes: Buffer): boolean {
    this.#touch();
    return this.#encode ? sendChunk(this.#wire, bytes) : this.#wire.send(bytes);
  }

  requestEnd(trailers?: Fields): void {
    const request = this.#request;
    if (request?.framing.kind === "chunked") {
      if (this.#encode) this.#wire.write(lastChunk);
      this.#wire.write(trailers ? writeTrailers(trailers, request.fields) : "\r\n");
    }
    this.#requestSent = true;
  }

  /** Backpressure: the caller's connection is full. */
  pause(): void {
    this.#wire.pause();
  }

  resume(): void {
    this.#touch();
    this.#wire.resume();
  }

  /** Gives the connection up; the sink hears nothing more. */
  destroy(): void {
    this.#sink = undefined;
    this.#wire.destroy();
  }

  /** Hands the raw socket over; this object has no part in it any more. */
  detach(): Wire {
    this.#sink = undefined;
    this.#forget();
    this.#wire.pause();
    return this.#wire;
  }

  expire(): void {
    this.#fail("UPSTREAM_TIMEOUT", "the upstream was silent for too long");
  }

  readonly #onData = (chunk: Buffer): void => {
    const sink = this.#sink;
    if (sink === undefined) {
      // Bytes that nobody asked for: the next answer on this connection could not be trusted.
      this.#wire.destroy();
      return;
    }
    this.#responseStarted = true;
    this.#touch();
    try {
      this.#read(chunk, sink);
    } catch (cause) {
      this.#failBy(cause);
    }
  };

  #failBy(cause: unknown): void {
    if (cause instanceof ParseFailure) {
      this.#fail("UPSTREAM_PROTOCOL", `the upstream's response is malformed: ${cause.message}`, cause);
      return;
    }
    // Not the upstream's fault but ours, and to be told as such.
    const sink = this.#sink;
    this.destroy();
    sink?.fail(cause instanceof Error ? cause : new Error(String(cause)));
  }

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
        if (head.status < 200) this.#interim(head, sink);
        else this.#begin(head, sink);
      } else position = this.#reader.push(chunk, position, sink);
      if (this.#reader?.done) this.#complete(position === chunk.length);
    }
  }

  #interim(head: ResponseHead, sink: ResponseSink): void {
    if (++this.#interims > maxInterims)
      throw new ParseFailure("status-line", `more than ${maxInterims} interim responses`);
    sink.interim(head);
  }

  #begin(head: ResponseHead, sink: ResponseSink): void {
    const request = this.#request as UpstreamRequest;
    const framing = responseFraming(head, request.method);
    this.#untilClose = framing.kind === "close";
    this.#reusable = keepsAlive(head.minorVersion, head.fields) && !this.#untilClose;
    this.#idleLimitMs = keepAliveHintMs(head.fields.get("keep-alive"));
    this.#reader = bodyReader(framing, this.#limits, !request.rawResponse);
    sink.head(head, framing);
    if (this.#reader.done) sink.end(undefined);
  }

  #upgrade(head: ResponseHead, rest: Buffer, sink: ResponseSink): void {
    if (this.#request?.upgrade === undefined)
      throw new ParseFailure("status-line", "101 without a request to upgrade");
    sink.upgraded(head, rest);
  }

  #complete(clean: boolean): void {
    this.#sink = undefined;
    this.#reader = undefined;
    this.#request = undefined;
    this.deadlineMs = Number.POSITIVE_INFINITY;
    if (clean && this.#reusable && this.#requestSent && !this.#wire.destroyed) {
      this.#wire.resume();
      this.#owner.idle(this, this.#idleLimitMs);
    } else this.#wire.destroy();
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

  readonly #onClose = (cause: Error | undefined): void => {
    this.#forget();
    this.#fail("UPSTREAM_CLOSED", "the connection to the upstream broke", cause);
  };

  #fail(code: UpstreamFailureCode, message: string, cause?: unknown): void {
    const sink = this.#sink;
    this.#sink = undefined;
    this.#wire.destroy();
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
