import type { BodySink } from "../http1/chunked-reader.ts";
import type { Fields } from "../http1/fields.ts";
import type { Framing } from "../http1/framing.ts";
import type { RequestHead } from "../http1/request-head.ts";
import type { ResponseHead } from "../http1/response-head.ts";
import type { Wire } from "../wire/wire.ts";

export type HttpVersion = "1.0" | "1.1" | "2";

/** A connection that HTTP has no part in any more, paused, and what had been read from it ahead. */
export interface DetachedWire {
  readonly wire: Wire;
  readonly rest: Buffer | undefined;
}

/**
 * One request of a caller and the way back to it, whatever version of HTTP it came by. A request of HTTP/2 shows
 * its `:authority` as Host, so that what follows needs to know one form only.
 */
export interface CallerStream {
  readonly version: HttpVersion;
  readonly head: RequestHead;
  readonly framing: Framing;
  /** The caller's connection is encrypted. */
  readonly encrypted: boolean;
  /** IP address of the peer; empty when it is gone. */
  readonly peerAddress: string;
  /** Host and port that the connection itself is for, as CONNECT named them. */
  readonly authority: string | undefined;
  /** A final head has been given: no other answer is possible. */
  readonly answered: boolean;
  readonly gone: boolean;
  /** Whether the connection ends with this answer. */
  readonly mustClose: boolean;
  /** Payload bytes of the request read so far. */
  readonly requestBytes: number;
  /** Bytes of the response's body given so far. */
  readonly responseBytes: number;
  /** The caller takes bytes again after `body` said no. */
  onWritable: (() => void) | undefined;
  /** The caller has gone, or called its request off. */
  onGone: (() => void) | undefined;
  /** The request cannot go on: its body is malformed, ended early or did not come, or it is called off here. */
  onBodyFailure: ((failure: Error) => void) | undefined;
  /** Starts the flow of the request's body. `raw`: chunked bodies of HTTP/1.1 as they stood on the wire. */
  readBody(sink: BodySink, raw: boolean): void;
  pauseBody(): void;
  resumeBody(): void;
  /** An interim answer (1xx). */
  interim(head: ResponseHead): void;
  /**
   * The final head. `framing` is that of the body that follows; `raw`: it follows as chunks that the upstream made.
   * `close`: the connection ends with this answer.
   */
  respond(head: ResponseHead, framing: Framing, options?: { raw?: boolean; close?: boolean }): void;
  /** A part of the body. False asks to wait for `onWritable`. The bytes are used up when it returns. */
  body(bytes: Buffer): boolean;
  /** The answer is over. */
  finish(trailers?: Fields): void;
  /** 101 or the answer to CONNECT: the connection is taken out of HTTP. `head` absent: nothing is written. */
  detach(head?: ResponseHead): DetachedWire;
  /** Breaks the answer off, so that the caller cannot take half of it for the whole. */
  abort(): void;
}
