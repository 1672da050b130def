import type { ClientHttp2Stream } from "node:http2";
import { isGrpc } from "../grpc/is-grpc.ts";
import type { Deadlines, Expiring } from "../http1/deadlines.ts";
import type { Fields } from "../http1/fields.ts";
import type { Framing } from "../http1/framing.ts";
import type { HttpLimits } from "../http1/limits.ts";
import type { ResponseHead } from "../http1/response-head.ts";
import { UpstreamFailure, type UpstreamFailureCode } from "../http1/upstream-failure.ts";
import type { ResponseSink, UpstreamRequest, UpstreamStream } from "../stream/upstream-stream.ts";
import type { Wire } from "../wire/wire.ts";
import { fieldsOf, requestList, trailerObject, trailersOf } from "./header-list.ts";
import { errorCodes } from "./load-http2.ts";
import { framingOf } from "./request-head.ts";
import { watchEnd } from "./watch-end.ts";

/** END_STREAM of a HEADERS frame (RFC 9113 6.2). */
const endStreamFlag = 1;

/** What a stream needs of the session that it is on. */
export interface StreamOwner {
  readonly limits: HttpLimits;
  readonly deadlines: Deadlines;
  request(
    list: string[],
    options: { readonly endStream: boolean; readonly waitForTrailers: boolean },
  ): ClientHttp2Stream;
  /** The place on the session is free again. */
  release(): void;
}

/** One request on a session of HTTP/2, which has kept a place for it. */
export class Http2UpstreamStream implements UpstreamStream, Expiring {
  readonly version = "2";
  readonly reused: boolean;
  deadlineMs = Number.POSITIVE_INFINITY;

  readonly #owner: StreamOwner;
  readonly #scheme: "http" | "https";
  #stream: ClientHttp2Stream | undefined;
  #endedWhole = () => false;
  #sink: ResponseSink | undefined;
  #method = "";
  #trailersOut: Fields | undefined;
  #trailersIn: Fields | undefined;
  #requestSent = false;
  #awaitsDrain = false;
  #responseStarted = false;
  #cause: Error | undefined;

  constructor(owner: StreamOwner, reused: boolean, scheme: "http" | "https") {
    this.#owner = owner;
    this.reused = reused;
    this.#scheme = scheme;
  }

  send(request: UpstreamRequest, sink: ResponseSink): void {
    const { method, fields, framing } = request;
    const endStream = framing.kind === "none";
    // The trailers of a request are rare: none in gRPC, and with a known length only where they are announced.
    const waitForTrailers =
      !endStream && (framing.kind === "chunked" ? !isGrpc(fields) : fields.has("trailer"));
    this.#method = method;
    this.#sink = sink;
    this.#requestSent = endStream;
    const stream = this.#begin(requestList(request, this.#scheme), { endStream, waitForTrailers });
    this.#stream = stream;
    this.#endedWhole = watchEnd(stream);
    stream.on("headers", (_headers, _flags, list) => this.#onInterim(list));
    stream.on("response", (_headers, flags, list) => this.#onResponse(list, (flags & endStreamFlag) !== 0));
    stream.on("trailers", (_headers, _flags, list) => {
      this.#trailersIn = trailersOf(list);
    });
    stream.on("error", (error) => {
      this.#cause = error;
    });
    stream.on("close", this.#onClose);
    if (waitForTrailers) stream.on("wantTrailers", this.#sendTrailers);
    this.#owner.deadlines.add(this);
    this.#touch();
  }

  #begin(list: string[], options: { endStream: boolean; waitForTrailers: boolean }): ClientHttp2Stream {
    try {
      return this.#owner.request(list, options);
    } catch (cause) {
      this.#owner.release();
      throw new UpstreamFailure("UPSTREAM_PROTOCOL", "the request cannot be sent by HTTP/2", true, cause);
    }
  }

  body(bytes: Buffer): boolean {
    const stream = this.#stream;
    if (stream === undefined || stream.writableEnded || stream.closed) return true;
    this.#touch();
    // The bytes may be of a buffer that is read into again.
    if (stream.write(Buffer.from(bytes))) return true;
    if (!this.#awaitsDrain) stream.once("drain", this.#onDrain);
    this.#awaitsDrain = true;
    return false;
  }

  requestEnd(trailers?: Fields): void {
    if (this.#requestSent) return;
    this.#requestSent = true;
    this.#trailersOut = trailers;
    this.#stream?.end();
  }

  pause(): void {
    this.#stream?.pause();
    this.deadlineMs = Number.POSITIVE_INFINITY;
  }

  resume(): void {
    if (!this.#stream?.isPaused()) return;
    this.#touch();
    this.#stream.resume();
  }

  destroy(): void {
    this.#sink = undefined;
    if (this.#stream) this.#stream.close(errorCodes.cancel);
    else this.#owner.release();
  }

  detach(): Wire {
    throw new Error("a stream of HTTP/2 has no connection of its own");
  }

  expire(): void {
    this.#fail("UPSTREAM_TIMEOUT", "the upstream was silent for too long");
    this.#stream?.close(errorCodes.cancel);
  }

  #onResponse(list: readonly string[], ended: boolean): void {
    const sink = this.#sink;
    const stream = this.#stream;
    if (sink === undefined || stream === undefined) return;
    this.#responseStarted = true;
    this.#touch();
    const head = responseHead(list);
    try {
      sink.head(head, responseFramingOf(head, this.#method, ended));
    } catch (cause) {
      this.#breakOff(cause);
      return;
    }
    stream.on("data", this.#onData);
    stream.on("end", this.#onEnd);
  }

  #onInterim(list: readonly string[]): void {
    const head = responseHead(list);
    try {
      // To a caller of HTTP/1.1 it would mean that HTTP is over (RFC 9113 8.6).
      if (head.status === 101) throw new Error("101 by HTTP/2");
      this.#sink?.interim(head);
    } catch (cause) {
      this.#breakOff(cause);
    }
  }

  #breakOff(cause: unknown): void {
    this.#fail("UPSTREAM_PROTOCOL", `the upstream's response cannot be passed on: ${String(cause)}`, cause);
    this.#stream?.close(errorCodes.cancel);
  }

  readonly #onData = (bytes: Buffer): void => {
    this.#touch();
    this.#sink?.chunk(bytes);
  };

  readonly #onEnd = (): void => {
    const sink = this.#sink;
    if (sink === undefined || !this.#endedWhole()) return;
    this.#sink = undefined;
    this.deadlineMs = Number.POSITIVE_INFINITY;
    sink.end(this.#trailersIn);
    // An answer that came before its request had: the rest is not wanted any more.
    if (!this.#requestSent) this.#stream?.close(errorCodes.cancel);
  };

  readonly #onDrain = (): void => {
    this.#awaitsDrain = false;
    this.#touch();
    this.#sink?.writable();
  };

  readonly #onClose = (): void => {
    this.#owner.deadlines.delete(this);
    this.#owner.release();
    const code = this.#stream?.rstCode ?? errorCodes.noError;
    if (code === errorCodes.refusedStream)
      this.#fail("UPSTREAM_REFUSED", "the upstream did not begin with the request");
    else if (code === errorCodes.protocolError)
      this.#fail("UPSTREAM_PROTOCOL", "the upstream's response broke a rule of HTTP/2");
    else this.#fail("UPSTREAM_CLOSED", `the upstream reset the request with code ${code}`);
  };

  readonly #sendTrailers = (): void => {
    this.#stream?.sendTrailers(this.#trailersOut ? trailerObject(this.#trailersOut) : {});
  };

  #fail(code: UpstreamFailureCode, message: string, cause: unknown = this.#cause): void {
    const sink = this.#sink;
    this.#sink = undefined;
    sink?.fail(new UpstreamFailure(code, message, !this.#responseStarted, cause));
  }

  #touch(): void {
    this.deadlineMs = this.#owner.deadlines.in(this.#owner.limits.streamIdleTimeoutMs);
  }
}

function responseHead(list: readonly string[]): ResponseHead {
  return { status: Number(list[1]), reason: "", minorVersion: 1, fields: fieldsOf(list) };
}

/** HEAD, 204 and 304 have no body, whatever their fields say. */
function responseFramingOf({ status, fields }: ResponseHead, method: string, ended: boolean): Framing {
  return framingOf(fields, ended || method === "HEAD" || status === 204 || status === 304);
}
