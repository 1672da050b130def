export interface SendingQueueSettings<T> {
  /** Of all that waits or is under way. */
  readonly maxBytes: number;
  /** Deliveries under way at once. */
  readonly consumers: number;
  /** Must not throw. */
  readonly deliver: (item: T) => Promise<void>;
}

interface Waiting<T> {
  readonly item: T;
  readonly bytes: number;
}

/**
 * A queue in memory, bounded in bytes, from which so many deliveries are under way at once. Whoever offers never waits:
 * what finds no room is not taken, for what is in the queue has been waiting longer.
 */
export class SendingQueue<T> {
  readonly #settings: SendingQueueSettings<T>;
  #waiting: Waiting<T>[] = [];
  /** Of `#waiting`: all before are under way or delivered. */
  #next = 0;
  #bytes = 0;
  #underWay = 0;
  #onEmpty: (() => void)[] = [];

  constructor(settings: SendingQueueSettings<T>) {
    this.#settings = settings;
  }

  /** Bytes that wait or are under way. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Items that wait or are under way. */
  get items(): number {
    return this.#waiting.length - this.#next + this.#underWay;
  }

  /** False when there is no room. */
  offer(item: T, bytes: number): boolean {
    if (this.#bytes + bytes > this.#settings.maxBytes) return false;
    this.#bytes += bytes;
    this.#waiting.push({ item, bytes });
    this.#start();
    return true;
  }

  /** Resolves when nothing waits and nothing is under way. */
  async empty(): Promise<void> {
    if (this.items > 0) await new Promise<void>((resolve) => this.#onEmpty.push(resolve));
  }

  /** Takes out what waits. */
  clear(): T[] {
    const rest = this.#waiting.slice(this.#next);
    for (const { bytes } of rest) this.#bytes -= bytes;
    this.#waiting = [];
    this.#next = 0;
    this.#tellIfEmpty();
    return rest.map(({ item }) => item);
  }

  #start(): void {
    while (this.#underWay < this.#settings.consumers) {
      const waiting = this.#waiting[this.#next];
      if (!waiting) return;
      this.#next++;
      // What has gone is let go of now and then: moving the rest up for each item would cost more the more wait.
      if (this.#next > 1000 && this.#next * 2 > this.#waiting.length) {
        this.#waiting = this.#waiting.slice(this.#next);
        this.#next = 0;
      }
      this.#underWay++;
      void this.#deliver(waiting);
    }
  }

  async #deliver({ item, bytes }: Waiting<T>): Promise<void> {
    await this.#settings.deliver(item);
    this.#underWay--;
    this.#bytes -= bytes;
    this.#start();
    this.#tellIfEmpty();
  }

  #tellIfEmpty(): void {
    if (this.items > 0) return;
    for (const resolve of this.#onEmpty.splice(0)) resolve();
  }
}
