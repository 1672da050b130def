/** Something that waits to be committed together with others. */
export interface Sized {
  readonly rows: number;
  readonly bytes: number;
}

export interface BatcherSettings<E extends Sized, R> {
  /** A batch is sent when it holds this many rows or bytes, or its first entry has waited for `lingerMs`. */
  readonly maxRows: number;
  readonly maxBytes: number;
  readonly lingerMs: number;
  /** Milliseconds, from any origin. */
  readonly now: () => number;
  /** Default 1: batches that are on their way at once. */
  readonly lanes?: number;
  /** One outcome for each entry, in order. Must not throw. */
  readonly send: (entries: readonly E[]) => Promise<readonly R[]>;
}

interface Waiting<E, R> {
  readonly entry: E;
  readonly sinceMs: number;
  readonly resolve: (outcome: R) => void;
}

/**
 * Gathers entries into batches and sends few at a time: while they are on their way the next fills up, so that a slow
 * database makes batches larger, not more. What it holds is bounded by whoever submits.
 */
export class Batcher<E extends Sized, R> {
  readonly #settings: BatcherSettings<E, R>;
  #waiting: Waiting<E, R>[] = [];
  #timer: NodeJS.Timeout | undefined;
  readonly #sending = new Set<Promise<void>>();
  #closing = false;

  constructor(settings: BatcherSettings<E, R>) {
    this.#settings = settings;
  }

  /** Resolves with the entry's outcome when the batch that contains it has been sent. */
  submit(entry: E): Promise<R> {
    return new Promise((resolve) => {
      this.#waiting.push({ entry, sinceMs: this.#settings.now(), resolve });
      this.#schedule();
    });
  }

  /** Sends what waits without lingering, and all that is still submitted; resolves when nothing waits. */
  async close(): Promise<void> {
    this.#closing = true;
    this.#schedule();
    while (this.#sending.size > 0) await Promise.all(this.#sending);
  }

  #schedule(): void {
    const first = this.#waiting[0];
    clearTimeout(this.#timer);
    if (this.#sending.size >= (this.#settings.lanes ?? 1) || !first) return;
    const leftMs = first.sinceMs + this.#settings.lingerMs - this.#settings.now();
    if (this.#closing || leftMs <= 0 || this.#isFull()) {
      const sending = this.#send().finally(() => {
        this.#sending.delete(sending);
        this.#schedule();
      });
      this.#sending.add(sending);
      // There may be enough for another lane.
      this.#schedule();
    } else this.#timer = setTimeout(() => this.#schedule(), leftMs);
  }

  #isFull(): boolean {
    let rows = 0;
    let bytes = 0;
    for (const { entry } of this.#waiting) {
      rows += entry.rows;
      bytes += entry.bytes;
      if (rows >= this.#settings.maxRows || bytes >= this.#settings.maxBytes) return true;
    }
    return false;
  }

  async #send(): Promise<void> {
    const batch = this.#take();
    const outcomes = await this.#settings.send(batch.map(({ entry }) => entry));
    batch.forEach(({ resolve }, i) => {
      resolve(outcomes[i] as R);
    });
  }

  /** As many entries as fit; always one, however large. */
  #take(): Waiting<E, R>[] {
    let rows = 0;
    let bytes = 0;
    let count = 0;
    for (const { entry } of this.#waiting) {
      rows += entry.rows;
      bytes += entry.bytes;
      if (count > 0 && (rows > this.#settings.maxRows || bytes > this.#settings.maxBytes)) break;
      count += 1;
    }
    return this.#waiting.splice(0, count);
  }
}
