/** How many numbers all targets together may have remembered. */
export class SeriesBudget {
  readonly #limit: number;
  #taken = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get taken(): number {
    return this.#taken;
  }

  get left(): number {
    return this.#limit - this.#taken;
  }

  /** Whether there is room. */
  take(cells: number): boolean {
    if (cells > this.left) return false;
    this.#taken += cells;
    return true;
  }

  give(cells: number): void {
    this.#taken -= cells;
  }
}
