import type { BodySink } from "../http1/chunked-reader.ts";
import type { Fields } from "../http1/fields.ts";
import type { Framing } from "../http1/framing.ts";
import type { RequestHead } from "../http1/request-head.ts";
import type { ResponseHead } from "../http1/response-head.ts";
import type { CallerStream, DetachedWire, HttpVersion } from "./caller-stream.ts";

/** A caller's stream seen through something that stands before it: here it changes nothing. */
export class StreamLayer implements CallerStream {
  protected readonly inner: CallerStream;

  constructor(inner: CallerStream) {
    this.inner = inner;
  }

  get version(): HttpVersion {
    return this.inner.version;
  }

  get head(): RequestHead {
    return this.inner.head;
  }

  get framing(): Framing {
    return this.inner.framing;
  }

  get encrypted(): boolean {
    return this.inner.encrypted;
  }

  get peerAddress(): string {
    return this.inner.peerAddress;
  }

  get authority(): string | undefined {
    return this.inner.authority;
  }

  get answered(): boolean {
    return this.inner.answered;
  }

  get gone(): boolean {
    return this.inner.gone;
  }

  get mustClose(): boolean {
    return this.inner.mustClose;
  }

  get requestBytes(): number {
    return this.inner.requestBytes;
  }

  get responseBytes(): number {
    return this.inner.responseBytes;
  }

  get onWritable(): (() => void) | undefined {
    return this.inner.onWritable;
  }

  set onWritable(callback: (() => void) | undefined) {
    this.inner.onWritable = callback;
  }

  get onGone(): (() => void) | undefined {
    return this.inner.onGone;
  }

  set onGone(callback: (() => void) | undefined) {
    this.inner.onGone = callback;
  }

  get onBodyFailure(): ((failure: Error) => void) | undefined {
    return this.inner.onBodyFailure;
  }

  set onBodyFailure(callback: ((failure: Error) => void) | undefined) {
    this.inner.onBodyFailure = callback;
  }

  readBody(sink: BodySink, raw: boolean): void {
    this.inner.readBody(sink, raw);
  }

  pauseBody(): void {
    this.inner.pauseBody();
  }

  resumeBody(): void {
    this.inner.resumeBody();
  }

  interim(head: ResponseHead): void {
    this.inner.interim(head);
  }

  respond(head: ResponseHead, framing: Framing, options?: { raw?: boolean; close?: boolean }): void {
    this.inner.respond(head, framing, options);
  }

  body(bytes: Buffer): boolean {
    return this.inner.body(bytes);
  }

  finish(trailers?: Fields): void {
    this.inner.finish(trailers);
  }

  detach(head?: ResponseHead): DetachedWire {
    return this.inner.detach(head);
  }

  abort(): void {
    this.inner.abort();
  }
}
