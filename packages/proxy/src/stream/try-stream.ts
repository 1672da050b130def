import type { Framing } from "../http1/framing.ts";
import type { ResponseHead } from "../http1/response-head.ts";
import type { CallerStream, DetachedWire } from "./caller-stream.ts";
import { RevocableStream } from "./revocable-stream.ts";

/** What all tries of a request know: whether the caller has been told to go on with its body (100). */
export interface TriesTold {
  continued: boolean;
}

/**
 * A caller's stream as one of several tries has it: until its answer is let through, nothing of it reaches the
 * caller, but for the one 100 (Continue) without which the body would not come.
 */
export class TryStream extends RevocableStream {
  /** The caller sees this try's answer: there can be no other. */
  #committed = false;
  readonly #told: TriesTold;
  readonly #objection: (head: ResponseHead) => Error | undefined;
  #held: ResponseHead[] = [];

  /** `objection`: what speaks against letting the answer with this head through; undefined: nothing. */
  constructor(inner: CallerStream, told: TriesTold, objection: (head: ResponseHead) => Error | undefined) {
    super(inner);
    this.#told = told;
    this.#objection = objection;
  }

  get committed(): boolean {
    return this.#committed;
  }

  /** The time of a try is up to its answer's first byte. */
  override get timeless(): boolean {
    return this.#committed || super.timeless;
  }

  override interim(head: ResponseHead): void {
    if (head.status !== 100) this.#held.push(head);
    else if (!this.#told.continued) {
      this.#told.continued = true;
      super.interim(head);
    }
  }

  override respond(head: ResponseHead, framing: Framing, options?: { raw?: boolean; close?: boolean }): void {
    const objection = this.#objection(head);
    if (objection) {
      this.revoke(objection);
      return;
    }
    this.#commit();
    super.respond(head, framing, options);
  }

  override detach(head?: ResponseHead): DetachedWire {
    this.#commit();
    return super.detach(head);
  }

  #commit(): void {
    this.#committed = true;
    for (const head of this.#held) super.interim(head);
    this.#held = [];
  }
}
