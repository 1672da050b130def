import type { Clock } from "../clock.ts";
import type { Exchange } from "../exchange.ts";
import { applyEdits } from "../filters/filter.ts";
import type { BodySink } from "../http1/chunked-reader.ts";
import type { Fields } from "../http1/fields.ts";
import type { Framing } from "../http1/framing.ts";
import { upgradeOf } from "../http1/hop-by-hop.ts";
import type { ResponseHead } from "../http1/response-head.ts";
import type { ResponseSink, UpstreamConnection } from "../http1/upstream-connection.ts";
import type { UpstreamFailure } from "../http1/upstream-failure.ts";
import { writeRequestHead, writeResponseHead, writeTrailers } from "../http1/write-head.ts";
import { RequestFailure } from "../request-failure.ts";
import { tunnel } from "../tcp/tunnel.ts";

/**
 * One request on one upstream connection. Body bytes go through by reference, each way only as fast as the other
 * side takes them, and both ways at once: a response may come, and end, before its request has.
 */
export class Forwarding implements ResponseSink {
  readonly #exchange: Exchange;
  readonly #upstream: UpstreamConnection;
  readonly #clock: Clock;
  readonly #resolve: () => void;
  readonly #reject: (error: Error) => void;
  /** An HTTP/1.0 caller knows no chunks: it gets the payload, and the end of the connection as its end. */
  readonly #decode: boolean;
  #fields: Fields | undefined;
  #trailing = false;
  #close = false;
  #settled = false;

  constructor(
    exchange: Exchange,
    upstream: UpstreamConnection,
    clock: Clock,
    resolve: () => void,
    reject: (error: Error) => void,
  ) {
    this.#exchange = exchange;
    this.#upstream = upstream;
    this.#clock = clock;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#decode = exchange.stream.head.minorVersion === 0;
  }

  start(): void {
    const { stream, method, target, fields } = this.#exchange;
    stream.onGone = () => this.#abandon(new RequestFailure("CLIENT_GONE", "the caller went away"));
    stream.onBodyFailure = (failure) => this.#abandon(failure);
    stream.onWritable = () => this.#upstream.resume();
    const upgrade = stream.head.minorVersion === 1 ? upgradeOf(fields) : undefined;
    const head = writeRequestHead(method, target, fields, { upgrade });
    this.#exchange.sentMs = this.#clock.monotonicMs();
    this.#upstream.send({ head, method, upgrade: upgrade !== undefined, decode: this.#decode }, this);
    stream.readBody(this.#request);
    this.#upstream.flush();
  }

  /** Where the request's body goes. */
  readonly #request: BodySink = {
    chunk: (bytes) => {
      if (!this.#settled && !this.#upstream.body(bytes)) this.#exchange.stream.pauseBody();
    },
    end: (trailers) => {
      if (this.#settled) return;
      this.#upstream.requestEnd(trailers && writeTrailers(trailers, this.#exchange.fields));
    },
  };

  writable(): void {
    this.#exchange.stream.resumeBody();
  }

  interim(head: ResponseHead): void {
    // HTTP/1.0 knows no interim responses (RFC 9110 15.2).
    if (!this.#decode) this.#exchange.stream.interim(writeResponseHead(head, {}));
  }

  head(head: ResponseHead, framing: Framing): void {
    const exchange = this.#exchange;
    const { stream } = exchange;
    exchange.answeredMs = this.#clock.monotonicMs();
    exchange.status = head.status;
    this.#fields = head.fields;
    this.#trailing = framing.kind === "chunked" && !this.#decode;
    this.#close = stream.mustClose || framing.kind === "close";
    for (const filter of exchange.filters)
      if (filter.onResponse) applyEdits(head.fields, filter.onResponse(head.fields));
    const without = framing.kind === "chunked" && this.#decode ? "transfer-encoding" : undefined;
    stream.respond(writeResponseHead(head, { close: this.#close, without }));
  }

  chunk(bytes: Buffer): void {
    if (!this.#exchange.stream.body(bytes)) this.#upstream.pause();
  }

  end(trailers: Fields | undefined): void {
    this.#settled = true;
    this.#exchange.upstreamEndMs = this.#clock.monotonicMs();
    const tail =
      this.#trailing && trailers && this.#fields ? writeTrailers(trailers, this.#fields) : undefined;
    this.#exchange.stream.finish(tail, this.#close);
    this.#resolve();
  }

  flush(): void {
    this.#exchange.stream.flush();
  }

  upgraded(head: ResponseHead, rest: Buffer): void {
    const exchange = this.#exchange;
    this.#settled = true;
    exchange.answeredMs = this.#clock.monotonicMs();
    exchange.status = head.status;
    exchange.stream.respond(writeResponseHead(head, { upgrade: head.fields.list("upgrade") }));
    const near = exchange.stream.detach();
    const far = this.#upstream.detach();
    void tunnel(near.socket, far, { near: near.rest, far: rest }).then((totals) => {
      exchange.tunnelSentBytes = totals.sentBytes;
      exchange.tunnelReceivedBytes = totals.receivedBytes;
      exchange.upstreamEndMs = this.#clock.monotonicMs();
      this.#resolve();
    });
  }

  fail(failure: UpstreamFailure): void {
    this.#settle(failure);
  }

  /** The caller's side failed: the upstream cannot be given the rest of the request, so it is given up. */
  #abandon(error: Error): void {
    if (this.#settled) return;
    this.#upstream.destroy();
    this.#settle(error);
  }

  #settle(error: Error): void {
    if (this.#settled) return;
    this.#settled = true;
    this.#reject(error);
  }
}
