import type { BodySink } from "../http1/chunked-reader.ts";
import type { Fields } from "../http1/fields.ts";
import type { Framing } from "../http1/framing.ts";
import type { ResponseHead } from "../http1/response-head.ts";
import type { Wire } from "../wire/wire.ts";

/** Receives one response; either `end`, `upgraded` or `fail` comes last, and once. */
export interface ResponseSink extends BodySink {
  /** A 1xx other than 101. */
  interim(head: ResponseHead): void;
  head(head: ResponseHead, framing: Framing): void;
  /** 101: HTTP is over. The sink takes the connection with `detach`; `rest` is what had been read from it ahead. */
  upgraded(head: ResponseHead, rest: Buffer): void;
  /** The upstream takes bytes again after `body` said no. */
  writable(): void;
  /** UpstreamFailure, or a failure of our own. */
  fail(failure: Error): void;
}

export interface UpstreamRequest {
  readonly method: string;
  /** Origin form, or `*`. */
  readonly target: string;
  /** With Host. What the caller named in Connection is gone; fields of one connection are taken off here. */
  readonly fields: Fields;
  readonly framing: Framing;
  /** The protocol to change to; HTTP/1.1 only. */
  readonly upgrade: string | undefined;
  /** `body` gets chunks as a caller of HTTP/1.1 made them, instead of payload. */
  readonly rawRequest: boolean;
  /** Give the sink the chunks of a response as they stood, instead of its payload; HTTP/1.1 only. */
  readonly rawResponse: boolean;
}

/** The way of one request to an upstream and of its response back, whatever version of HTTP it goes by. */
export interface UpstreamStream {
  readonly version: "1.1" | "2";
  /** Earlier requests went by the same connection. */
  readonly reused: boolean;
  /** Starts the request; the body follows unless `framing` says that there is none. */
  send(request: UpstreamRequest, sink: ResponseSink): void;
  /** False asks to wait for the sink's `writable`. The bytes are used up when it returns. */
  body(bytes: Buffer): boolean;
  /** The request is complete. */
  requestEnd(trailers?: Fields): void;
  /** Backpressure: the caller takes no more for now. */
  pause(): void;
  resume(): void;
  /** Gives the request up; the sink hears nothing more. */
  destroy(): void;
  /** Hands the raw connection over after `upgraded`. */
  detach(): Wire;
}

/** Where streams to upstreams come from. */
export interface UpstreamStreams<Address> {
  /** A stream on a connection that is open already, if there is one. */
  take(address: Address): UpstreamStream | undefined;
  /**
   * A stream on a new connection, or on one that others have just begun to open. `countedIn`: the cells in which the
   * connection has been counted already, to be given back there. Rejects with UpstreamFailure.
   */
  open(address: Address, countedIn?: Int32Array): Promise<UpstreamStream>;
}
