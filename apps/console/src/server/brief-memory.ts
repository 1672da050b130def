export interface BriefMemorySettings {
  /** How long what was read is good for. */
  readonly keepMs: number;
  /** Entries at most; the oldest go first. */
  readonly most: number;
  /** Monotonic, in milliseconds. */
  readonly now: () => number;
}

/** What takes a while to read and hardly changes within seconds: read once for all who ask meanwhile. What failed is read again. */
export class BriefMemory<T> {
  readonly #settings: BriefMemorySettings;
  readonly #kept = new Map<string, { readonly value: Promise<T>; readonly untilMs: number }>();

  constructor(settings: BriefMemorySettings) {
    this.#settings = settings;
  }

  get(key: string, read: () => Promise<T>): Promise<T> {
    const { keepMs, most, now } = this.#settings;
    const known = this.#kept.get(key);
    if (known !== undefined && known.untilMs > now()) return known.value;
    const entry = { value: read(), untilMs: now() + keepMs };
    this.#kept.delete(key); // so that it stands last
    this.#kept.set(key, entry);
    entry.value.catch(() => {
      if (this.#kept.get(key) === entry) this.#kept.delete(key);
    });
    for (const [oldest] of this.#kept) {
      if (this.#kept.size <= most) break;
      this.#kept.delete(oldest);
    }
    return entry.value;
  }
}
