interface Entry<V> {
  readonly key: string;
  readonly value: V;
  older: Entry<V> | undefined;
  newer: Entry<V> | undefined;
}

/**
 * A map that knows its oldest entry. `Map` keeps the order as well, but to find its first entry it steps over all that have
 * been deleted before it: with 50,000 entries that come and go, 25 us each time.
 */
export class ArrivalOrder<V> {
  readonly #entries = new Map<string, Entry<V>>();
  #oldest: Entry<V> | undefined;
  #newest: Entry<V> | undefined;

  get size(): number {
    return this.#entries.size;
  }

  get oldest(): string | undefined {
    return this.#oldest?.key;
  }

  has(key: string): boolean {
    return this.#entries.has(key);
  }

  get(key: string): V | undefined {
    return this.#entries.get(key)?.value;
  }

  /** Adds an entry as the newest, in place of one that had the key. */
  add(key: string, value: V): void {
    this.delete(key);
    const entry: Entry<V> = { key, value, older: this.#newest, newer: undefined };
    if (this.#newest) this.#newest.newer = entry;
    else this.#oldest = entry;
    this.#newest = entry;
    this.#entries.set(key, entry);
  }

  delete(key: string): void {
    const entry = this.#entries.get(key);
    if (!entry) return;
    this.#entries.delete(key);
    if (entry.older) entry.older.newer = entry.newer;
    else this.#oldest = entry.newer;
    if (entry.newer) entry.newer.older = entry.older;
    else this.#newest = entry.older;
  }
}
