import { addBuckets } from "./bucket-counts.ts";
import { type EdgeTraffic, emptyTraffic } from "./edge-traffic.ts";
import type { Interval } from "./interval.ts";

/** What has been counted and not been handed on yet, however many scrapes that takes. */
export class TrafficTotals {
  readonly #edges = new Map<string, EdgeTraffic>();
  #interval: Interval | undefined;

  add(traffic: readonly EdgeTraffic[], interval: Interval): void {
    for (const own of traffic) {
      const total = this.#edges.get(own.key) ?? emptyTraffic(own);
      this.#edges.set(own.key, total);
      total.requests += own.requests;
      total.requestBytes += own.requestBytes;
      total.responseBytes += own.responseBytes;
      total.seconds += own.seconds;
      addBuckets(total.buckets, own.buckets);
      total.exemplars = own.exemplars.length > 0 ? own.exemplars : total.exemplars;
    }
    this.#interval = { fromMs: this.#interval?.fromMs ?? interval.fromMs, toMs: interval.toMs };
  }

  /** All of it, and begins anew. */
  take(): { readonly traffic: readonly EdgeTraffic[]; readonly interval: Interval } | undefined {
    const taken = this.#interval && { traffic: [...this.#edges.values()], interval: this.#interval };
    this.#edges.clear();
    this.#interval = undefined;
    return taken && taken.traffic.length > 0 ? taken : undefined;
  }
}
