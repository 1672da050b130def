import type { Clock } from "../clock.ts";

/** Something with at most one deadline at a time, moved by plain assignment. */
export interface Expiring {
  /** On the monotonic clock; infinite when there is none. */
  deadlineMs: number;
  expire(): void;
}

/**
 * All deadlines of a sidecar under one coarse timer: a request then sets and moves its deadlines for the price of
 * an assignment, where a timer each would cost more than parsing it. Late by at most the interval.
 */
export class Deadlines {
  readonly #members = new Set<Expiring>();
  readonly #clock: Clock;
  readonly #timer: NodeJS.Timeout;

  constructor(clock: Clock, intervalMs: number) {
    this.#clock = clock;
    this.#timer = setInterval(() => this.#sweep(), intervalMs);
    this.#timer.unref();
  }

  add(member: Expiring): void {
    this.#members.add(member);
  }

  delete(member: Expiring): void {
    this.#members.delete(member);
  }

  /** The moment `ms` from now. */
  in(ms: number): number {
    return this.#clock.monotonicMs() + ms;
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #sweep(): void {
    const now = this.#clock.monotonicMs();
    for (const member of this.#members)
      if (member.deadlineMs <= now) {
        member.deadlineMs = Number.POSITIVE_INFINITY;
        member.expire();
      }
  }
}
