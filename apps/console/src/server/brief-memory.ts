export interface BriefMemorySettings<T> {
  /** How long what was read is good for. */
  readonly keepMs: number;
  /** What all that is kept may take; the oldest go first. */
  readonly mostBytes: number;
  /** What one takes, about, in bytes. */
  readonly bytesOf: (value: T) => number;
  /** Monotonic, in milliseconds. */
  readonly now: () => number;
}

interface Entry<T> {
  readonly value: Promise<T>;
  /** For ever while it is being read. */
  untilMs: number;
  /** 0 while it is being read. */
  bytes: number;
}

/** What takes a while to read and hardly changes within seconds: read once for all who ask meanwhile. What failed is read again. */
export class BriefMemory<T> {
  readonly #settings: BriefMemorySettings<T>;
  readonly #kept = new Map<string, Entry<T>>();
  #bytes = 0;

  constructor(settings: BriefMemorySettings<T>) {
    this.#settings = settings;
  }

  get(key: string, read: () => Promise<T>): Promise<T> {
    this.#dropOld();
    const known = this.#kept.get(key);
    if (known !== undefined) return known.value;
    const entry: Entry<T> = { value: read(), untilMs: Number.POSITIVE_INFINITY, bytes: 0 };
    this.#kept.set(key, entry);
    entry.value.then(
      (value) => this.#weigh(key, entry, value),
      () => this.#drop(key, entry),
    );
    return entry.value;
  }

  #weigh(key: string, entry: Entry<T>, value: T): void {
    if (this.#kept.get(key) !== entry) return;
    const { keepMs, bytesOf, now } = this.#settings;
    entry.untilMs = now() + keepMs;
    entry.bytes = bytesOf(value);
    this.#bytes += entry.bytes;
    this.#dropOld();
  }

  /** Entries stand in the order in which they were read for. */
  #dropOld(): void {
    const { mostBytes, now } = this.#settings;
    for (const [key, entry] of this.#kept)
      if (entry.untilMs <= now() || (this.#bytes > mostBytes && entry.bytes > 0)) this.#drop(key, entry);
  }

  #drop(key: string, entry: Entry<T>): void {
    if (this.#kept.get(key) !== entry) return;
    this.#kept.delete(key);
    this.#bytes -= entry.bytes;
  }
}
