/**
 * Whether the table of endpoints can be believed. A lease that nobody renewed in time says nothing about its
 * sidecar: after such a gap (the database was away, or no controller ran) every controller renews what it holds and
 * sidecars come back, and only `settleMs` later does a missing endpoint mean a missing sidecar.
 */
export class LeaseTrust {
  readonly #leaseMs: number;
  readonly #settleMs: number;
  readonly #now: () => number;
  #renewedMs: number;
  #settlesAtMs: number;

  /** `now` in milliseconds, of a clock that runs on while the machine sleeps. */
  constructor(settings: { leaseMs: number; settleMs: number; now: () => number; lapsedAtStart: boolean }) {
    this.#leaseMs = settings.leaseMs;
    this.#settleMs = settings.settleMs;
    this.#now = settings.now;
    this.#renewedMs = this.#now();
    this.#settlesAtMs = settings.lapsedAtStart ? this.#renewedMs + this.#settleMs : this.#renewedMs;
  }

  /** Leases were renewed by a statement sent at `sentMs`. */
  renewed(sentMs: number): void {
    if (this.#lapsed(this.#now())) this.#settlesAtMs = this.#now() + this.#settleMs;
    this.#renewedMs = sentMs;
  }

  settled(): boolean {
    const nowMs = this.#now();
    return nowMs >= this.#settlesAtMs && !this.#lapsed(nowMs);
  }

  /** A third of a lease early: the statement that asks for endpoints comes after this was asked. */
  #lapsed(nowMs: number): boolean {
    return nowMs - this.#renewedMs > (this.#leaseMs * 2) / 3;
  }
}
