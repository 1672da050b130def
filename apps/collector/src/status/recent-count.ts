const windowMs = 5 * 60_000;
const slots = 30;
const slotMs = windowMs / slots;

/** How many in the last five minutes, to ten seconds. */
export class RecentCount {
  readonly #counts = new Array<number>(slots).fill(0);
  readonly #now: () => number;
  #slot: number;

  /** `now`: milliseconds, from any origin. */
  constructor(now: () => number) {
    this.#now = now;
    this.#slot = Math.floor(now() / slotMs);
  }

  add(count: number): void {
    this.#moveOn();
    const at = this.#slot % slots;
    this.#counts[at] = (this.#counts[at] ?? 0) + count;
  }

  get total(): number {
    this.#moveOn();
    return this.#counts.reduce((sum, count) => sum + count, 0);
  }

  #moveOn(): void {
    const slot = Math.floor(this.#now() / slotMs);
    for (let passed = 0; this.#slot < slot && passed < slots; passed++)
      this.#counts[++this.#slot % slots] = 0;
    this.#slot = Math.max(this.#slot, slot);
  }
}
