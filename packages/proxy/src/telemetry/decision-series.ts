import type { Decision } from "@weir/domain/request-path";
import type { EdgeSeries } from "./edge-series.ts";
import type { RequestRecord } from "./request-record.ts";

/** Decisions of one interval that agree in everything but the request. */
export interface DecisionSeries {
  readonly decision: Decision;
  /** One of the requests, for what they agree in. */
  readonly sample: RequestRecord;
  count: number;
}

/** Callers choose their names; what they cannot choose is how much memory that takes here. */
const maxSeries = 8000;

/**
 * How often each policy said what of whose requests, over one export interval. Decisions are known by identity: each is
 * the same object for as long as a snapshot is in force. Requests of one pair of workloads are counted together, whatever
 * else tells their edge series apart.
 */
export class DecisionSeriesTable {
  readonly #series = new Map<Decision, Map<string, DecisionSeries>>();
  /** The same by what a request was counted in, which is quicker to ask than a text to make. */
  readonly #byEdge = new Map<EdgeSeries, Map<Decision, DecisionSeries>>();
  #size = 0;
  /** Decisions that found the table full. */
  overflow = 0;

  /** `edge` is the one that the record was counted in. */
  add({ decisions }: RequestRecord, edge: EdgeSeries): void {
    let known = this.#byEdge.get(edge);
    if (known === undefined) {
      known = new Map();
      this.#byEdge.set(edge, known);
    }
    for (let i = 0; i < decisions.length; i++) {
      const decision = decisions[i] as Decision;
      let series = known.get(decision);
      if (series === undefined) {
        series = this.#find(decision, edge.sample);
        if (series === undefined) {
          this.overflow++;
          continue;
        }
        known.set(decision, series);
      }
      series.count++;
    }
  }

  all(): readonly DecisionSeries[] {
    return [...this.#series.values()].flatMap((byPair) => [...byPair.values()]);
  }

  /** Undefined where the table is full. */
  #find(decision: Decision, sample: RequestRecord): DecisionSeries | undefined {
    const pair = pairOf(sample);
    const before = this.#series.get(decision);
    const found = before?.get(pair);
    if (found) return found;
    if (this.#size >= maxSeries) return undefined;
    const byPair = before ?? new Map<string, DecisionSeries>();
    if (before === undefined) this.#series.set(decision, byPair);
    const series = { decision, sample, count: 0 };
    byPair.set(pair, series);
    this.#size++;
    return series;
  }
}

function pairOf({ direction, source, destination }: RequestRecord): string {
  return (
    `${direction} ${source.namespace}/${source.service}/${source.version} ` +
    `${destination.namespace}/${destination.service}/${destination.version}`
  );
}
