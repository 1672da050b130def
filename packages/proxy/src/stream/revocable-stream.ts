import type { Fields } from "../http1/fields.ts";
import type { Framing } from "../http1/framing.ts";
import type { ResponseHead } from "../http1/response-head.ts";
import type { DetachedWire } from "./caller-stream.ts";
import { StreamLayer } from "./stream-layer.ts";

/**
 * A caller's stream that can be taken away from whoever has it: they are told so as of a request that cannot go on,
 * and what they still say reaches nobody. The stream below is then free for others.
 */
export class RevocableStream extends StreamLayer {
  #detached = false;
  #revoked = false;
  #onBodyFailure: ((failure: Error) => void) | undefined;

  revoke(reason: Error): void {
    if (this.#revoked) return;
    this.#revoked = true;
    this.#onBodyFailure?.(reason);
  }

  /** Nothing is left whose time could run out: the connection was taken out of HTTP. */
  get timeless(): boolean {
    return this.#detached;
  }

  override get gone(): boolean {
    return this.#revoked || this.inner.gone;
  }

  override get onWritable(): (() => void) | undefined {
    return this.inner.onWritable;
  }

  override set onWritable(callback: (() => void) | undefined) {
    if (!this.#revoked) this.inner.onWritable = callback;
  }

  override get onBodyFailure(): ((failure: Error) => void) | undefined {
    return this.#onBodyFailure;
  }

  override set onBodyFailure(callback: ((failure: Error) => void) | undefined) {
    this.#onBodyFailure = callback;
    if (!this.#revoked) this.inner.onBodyFailure = callback;
  }

  override pauseBody(): void {
    if (!this.#revoked) super.pauseBody();
  }

  override resumeBody(): void {
    if (!this.#revoked) super.resumeBody();
  }

  override interim(head: ResponseHead): void {
    if (!this.#revoked) super.interim(head);
  }

  override respond(head: ResponseHead, framing: Framing, options?: { raw?: boolean; close?: boolean }): void {
    if (!this.#revoked) super.respond(head, framing, options);
  }

  override body(bytes: Buffer): boolean {
    return this.#revoked || super.body(bytes);
  }

  override finish(trailers?: Fields): void {
    if (!this.#revoked) super.finish(trailers);
  }

  override detach(head?: ResponseHead): DetachedWire {
    this.#detached = true;
    return super.detach(head);
  }

  override abort(): void {
    if (!this.#revoked) super.abort();
  }
}
