import type { Window } from "@weir/domain";
import type { ServiceName } from "../answers.ts";
import type { ServiceArrivals } from "../service-arrivals.ts";
import type { Steps } from "../steps.ts";
import type { EdgeTarget } from "./edge-catalog.ts";
import { latencyOf, outcomesOf, trafficOf } from "./row-answers.ts";
import type { EvidenceSums } from "./sum-evidence.ts";

/** What arrived at each service, as the sums come in: metrics before spans, and of each kind all of a service at once. */
export class Arrivals {
  readonly #coveredSeconds: number;
  /** Of each interval, as far as the stored data tell about it. */
  readonly #seconds: readonly number[] = [];
  /** By the catalog's own objects. */
  readonly #services = new Map<ServiceName, ServiceArrivals>();

  /** @param steps absent: there is no course. */
  constructor(steps: Steps | undefined, covered: Window) {
    this.#coveredSeconds = (covered.toMs - covered.fromMs) / 1000;
    if (!steps) return;
    const { window, stepMs, count } = steps;
    this.#seconds = Array.from({ length: count }, (_, step) => {
      const atMs = window.fromMs + step * stepMs;
      const coveredMs = Math.min(atMs + stepMs, covered.toMs) - Math.max(atMs, covered.fromMs);
      return Math.max(0, coveredMs) / 1000;
    });
  }

  add(sums: EvidenceSums<EdgeTarget>): void {
    const rowsOf = new Map<ServiceName, number[]>();
    sums.groups.forEach(({ pair }, row) => {
      const rows = rowsOf.get(pair.destination);
      if (rows) rows.push(row);
      else rowsOf.set(pair.destination, [row]);
    });
    for (const [service, rows] of rowsOf) this.#services.set(service, this.#with(service, sums, rows));
  }

  all(): ServiceArrivals[] {
    return [...this.#services.values()];
  }

  #with(service: ServiceName, sums: EvidenceSums<EdgeTarget>, rows: readonly number[]): ServiceArrivals {
    const measured = this.#services.get(service);
    const { requests, errors } = this.#traffic(sums, rows);
    const outcomes = outcomesOf(sums, rows);
    const all = {
      requests: requests + (measured?.requests ?? 0),
      errors: errors + (measured?.errors ?? 0),
      clientErrors: outcomes.clientErrors + (measured?.clientErrors ?? 0),
      grpcErrors: outcomes.grpcErrors + (measured?.grpcErrors ?? 0),
      flags: measured?.flags ?? outcomes.flags, // spans have none
    };
    const { p50, p95, p99 } = measured ?? latencyOf(sums, rows);
    const course = measured?.course ?? this.#course(sums, rows);
    return { ...service, ...all, p50, p95, p99, rps: all.requests / this.#coveredSeconds, course };
  }

  /** Of each pair as its edge tells it: what is below zero counts as nothing there. */
  #traffic(sums: EvidenceSums<EdgeTarget>, rows: readonly number[]) {
    const pairs = Map.groupBy(rows, (row) => sums.groups[row]?.pair);
    let [requests, errors] = [0, 0];
    for (const own of pairs.values()) {
      const traffic = trafficOf(sums, own);
      requests += traffic.requests;
      errors += traffic.errors;
    }
    return { requests, errors };
  }

  #course({ course }: EvidenceSums<EdgeTarget>, rows: readonly number[]): number[] {
    const steps = this.#seconds.length;
    return this.#seconds.map((seconds, step) => {
      let requests = 0;
      for (const row of rows) requests += course?.[row * steps + step] ?? 0;
      return seconds > 0 ? Math.max(0, requests) / seconds : 0;
    });
  }
}
