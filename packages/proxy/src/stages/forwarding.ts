import type { RequestAction } from "@weir/domain/request-path";
import type { Clock } from "../clock.ts";
import type { Exchange } from "../exchange.ts";
import { applyEdits } from "../filters/filter.ts";
import { giveCookie } from "../filters/give-cookie.ts";
import { editHeaders } from "../filters/header-edits.ts";
import { grpcStatusOf } from "../grpc/grpc-status.ts";
import { formatGrpcTimeout } from "../grpc/grpc-timeout.ts";
import type { BodySink } from "../http1/chunked-reader.ts";
import type { Fields } from "../http1/fields.ts";
import type { Framing } from "../http1/framing.ts";
import { upgradeOf } from "../http1/hop-by-hop.ts";
import type { ResponseHead } from "../http1/response-head.ts";
import { RequestFailure } from "../request-failure.ts";
import type { ResponseSink, UpstreamStream } from "../stream/upstream-stream.ts";
import type { Tunnels } from "../tcp/tunnels.ts";

/** What the forwarding of all requests shares. */
export interface ForwardSettings {
  readonly clock: Clock;
  readonly tunnels: Tunnels;
}

/**
 * One request on one upstream connection. Body bytes go through by reference, each way only as fast as the other
 * side takes them, and both ways at once: a response may come, and end, before its request has.
 */
export class Forwarding implements ResponseSink {
  readonly #exchange: Exchange;
  readonly #upstream: UpstreamStream;
  readonly #clock: Clock;
  readonly #tunnels: Tunnels;
  readonly #resolve: () => void;
  readonly #reject: (error: Error) => void;
  /** Chunks pass as they stand where both sides speak HTTP/1.1. */
  readonly #rawRequest: boolean;
  readonly #rawResponse: boolean;
  #settled = false;

  constructor(
    exchange: Exchange,
    upstream: UpstreamStream,
    { clock, tunnels }: ForwardSettings,
    resolve: () => void,
    reject: (error: Error) => void,
  ) {
    this.#exchange = exchange;
    this.#upstream = upstream;
    this.#clock = clock;
    this.#tunnels = tunnels;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#rawRequest = exchange.stream.version !== "2" && upstream.version === "1.1";
    this.#rawResponse = exchange.stream.version === "1.1" && upstream.version === "1.1";
  }

  start(): void {
    const { stream, method, target, fields } = this.#exchange;
    stream.onGone = () => this.#abandon(new RequestFailure("CLIENT_GONE", "the caller went away"));
    stream.onBodyFailure = (failure) => this.#abandon(failure);
    stream.onWritable = () => this.#upstream.resume();
    const { framing } = stream;
    const upgrade = this.#mayUpgrade ? upgradeOf(fields) : undefined;
    const sentMs = this.#clock.monotonicMs();
    this.#exchange.sentMs = sentMs;
    const { deadlineMs } = this.#exchange;
    if (deadlineMs < Number.POSITIVE_INFINITY)
      fields.set("grpc-timeout", formatGrpcTimeout(deadlineMs - sentMs));
    this.#upstream.send(
      {
        method,
        target,
        fields,
        framing,
        upgrade,
        rawRequest: this.#rawRequest,
        rawResponse: this.#rawResponse,
      },
      this,
    );
    stream.readBody(this.#request, this.#rawRequest);
  }

  /** A body behind a request to upgrade would pass into the tunnel unread. */
  get #mayUpgrade(): boolean {
    const { version, framing } = this.#exchange.stream;
    return version === "1.1" && this.#upstream.version === "1.1" && framing.kind === "none";
  }

  /** Where the request's body goes. */
  readonly #request: BodySink = {
    chunk: (bytes) => {
      if (!this.#settled && !this.#upstream.body(bytes)) this.#exchange.stream.pauseBody();
    },
    end: (trailers) => {
      if (this.#settled) return;
      const exchange = this.#exchange;
      if (exchange.watch.length > 0) exchange.completeMs = this.#clock.monotonicMs();
      this.#upstream.requestEnd(trailers);
    },
  };

  writable(): void {
    this.#exchange.stream.resumeBody();
  }

  interim(head: ResponseHead): void {
    this.#exchange.stream.interim(head);
  }

  head(head: ResponseHead, framing: Framing): void {
    const exchange = this.#exchange;
    exchange.answeredMs = this.#clock.monotonicMs();
    exchange.status = head.status;
    if (exchange.protocol === "grpc") exchange.grpcStatus = grpcStatusOf(head.fields);
    for (const filter of exchange.filters)
      if (filter.onResponse) applyEdits(head.fields, filter.onResponse(head.fields));
    if (exchange.action) this.#edit(head.fields, exchange.action);
    exchange.stream.respond(head, framing, { raw: this.#rawResponse });
  }

  /** The cookie last: no edit is about it. */
  #edit(fields: Fields, { responseHeaders, setCookie }: RequestAction): void {
    if (responseHeaders) editHeaders(fields, responseHeaders);
    if (setCookie !== undefined) giveCookie(fields, setCookie);
  }

  chunk(bytes: Buffer): void {
    if (!this.#exchange.stream.body(bytes)) this.#upstream.pause();
  }

  end(trailers: Fields | undefined): void {
    this.#settled = true;
    const exchange = this.#exchange;
    exchange.upstreamEndMs = this.#clock.monotonicMs();
    if (trailers && exchange.protocol === "grpc") exchange.grpcStatus ??= grpcStatusOf(trailers);
    exchange.stream.finish(trailers);
    this.#resolve();
  }

  upgraded(head: ResponseHead, rest: Buffer): void {
    const exchange = this.#exchange;
    this.#settled = true;
    exchange.answeredMs = this.#clock.monotonicMs();
    exchange.status = head.status;
    const near = exchange.stream.detach(head);
    const far = this.#upstream.detach();
    void this.#tunnels.join(exchange, near.wire, far, { near: near.rest, far: rest }).then(() => {
      exchange.upstreamEndMs = this.#clock.monotonicMs();
      this.#resolve();
    });
  }

  fail(failure: Error): void {
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
