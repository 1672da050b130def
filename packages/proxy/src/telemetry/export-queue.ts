import { setTimeout as sleep } from "node:timers/promises";
import type { Signal } from "@weir/telemetry/otlp";

/** One encoded request; it is sent again as the same bytes, by which the collector knows it. */
export interface ExportItem {
  readonly signal: Signal;
  readonly body: Buffer;
  /** Spans, log records or data points inside. */
  readonly entries: number;
}

/** What became of one attempt to send. */
export type SendOutcome =
  | { readonly kind: "sent" }
  /** Worth another attempt; `afterMs` where the receiver said when. */
  | { readonly kind: "retry"; readonly afterMs?: number | undefined; readonly reason: string }
  | { readonly kind: "refused"; readonly reason: string };

export type DropReason = "overflow" | "refused" | "stopped";

export interface ExportQueueSettings {
  readonly send: (item: ExportItem) => Promise<SendOutcome>;
  readonly dropped: (signal: Signal, reason: DropReason, entries: number, detail: string) => void;
  readonly maxBytes: number;
  readonly random: () => number;
  readonly firstBackOffMs: number;
  readonly maxBackOffMs: number;
}

/**
 * Requests on their way to the collector, oldest first and one at a time. Nothing waits for it: where the collector
 * is away for longer than the bound holds, the oldest go and are counted.
 */
export class ExportQueue {
  readonly #settings: ExportQueueSettings;
  readonly #items: ExportItem[] = [];
  readonly #stopping = new AbortController();
  #bytes = 0;
  #inFlight: ExportItem | undefined;
  #running: Promise<void> | undefined;

  constructor(settings: ExportQueueSettings) {
    this.#settings = settings;
  }

  get bytes(): number {
    return this.#bytes;
  }

  push(item: ExportItem): void {
    this.#items.push(item);
    this.#bytes += item.body.length;
    while (this.#bytes > this.#settings.maxBytes && this.#items.length > 0) {
      // The one being sent stays: it may have arrived already.
      const oldest = this.#items.find((other) => other !== this.#inFlight);
      if (oldest === undefined) break;
      this.#drop(oldest, "overflow", "the queue is full");
    }
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
  }

  /** Sends what is there for at most `ms`, then gives up on the rest. */
  async close(ms: number): Promise<void> {
    const late = Promise.withResolvers<void>();
    const timer = setTimeout(late.resolve, ms);
    await Promise.race([this.#running, late.promise]);
    clearTimeout(timer);
    this.#stopping.abort();
    for (const item of [...this.#items]) this.#drop(item, "stopped", "the sidecar stopped");
  }

  async #run(): Promise<void> {
    let attempt = 0;
    for (let item = this.#items[0]; item && !this.#stopping.signal.aborted; item = this.#items[0]) {
      this.#inFlight = item;
      const outcome = await this.#settings.send(item);
      this.#inFlight = undefined;
      if (outcome.kind === "retry") {
        await this.#wait(outcome.afterMs ?? this.#backOffMs(attempt++));
        continue;
      }
      attempt = 0;
      if (outcome.kind === "sent") this.#remove(item);
      else this.#drop(item, "refused", outcome.reason);
    }
  }

  /** Full jitter over a doubling bound, so that the sidecars of a mesh do not come back all at once. */
  #backOffMs(attempt: number): number {
    const { firstBackOffMs, maxBackOffMs, random } = this.#settings;
    return Math.min(maxBackOffMs, firstBackOffMs * 2 ** attempt) * (0.5 + random() / 2);
  }

  async #wait(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.#stopping.signal, ref: false }).catch(() => undefined);
  }

  #drop(item: ExportItem, reason: DropReason, detail: string): void {
    if (this.#remove(item)) this.#settings.dropped(item.signal, reason, item.entries, detail);
  }

  #remove(item: ExportItem): boolean {
    const index = this.#items.indexOf(item);
    if (index < 0) return false;
    this.#items.splice(index, 1);
    this.#bytes -= item.body.length;
    return true;
  }
}
