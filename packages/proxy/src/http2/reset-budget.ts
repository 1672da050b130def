import type { Deadlines } from "../http1/deadlines.ts";

const windowMs = 10_000;
const maxResets = 500;

/**
 * Tells a rapid reset (CVE-2023-44487) from callers that give up now and then: as Envoy does, a connection is cut
 * off once 500 of its streams were reset before they were answered and they are the majority, here within 10 s.
 */
export class ResetBudget {
  readonly #deadlines: Deadlines;
  #untilMs = 0;
  #streams = 0;
  #resets = 0;

  constructor(deadlines: Deadlines) {
    this.#deadlines = deadlines;
  }

  /** Counts a stream that is over. True when the connection has gone too far. */
  spend(early: boolean): boolean {
    const now = this.#deadlines.in(0);
    if (now >= this.#untilMs) {
      this.#untilMs = now + windowMs;
      this.#streams = 0;
      this.#resets = 0;
    }
    this.#streams++;
    if (early) this.#resets++;
    return this.#resets >= maxResets && this.#resets * 2 > this.#streams;
  }
}
