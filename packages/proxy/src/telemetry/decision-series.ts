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

/** Decisions about requests of one pair of workloads. */
type PairSeries = Map<Decision, DecisionSeries>;

/** Callers choose their names; what they cannot choose is how much memory that takes here. A hundred of them, of the most policies. */
const maxSeries = 20_000;

/**
 * How often each policy said what of whose requests, over one export interval. Decisions are known by identity: each is
 * the same object for as long as a snapshot is in force. Requests of one pair of workloads are counted together, whatever
 * else tells their edge series apart.
 */
export class DecisionSeriesTable {
  readonly #byPair = new Map<string, PairSeries>();
  /** The same by what a request was counted in, which is quicker to ask than a text to make. As many as there are edge series at most. */
  readonly #byEdge = new Map<EdgeSeries, PairSeries>();
  #size = 0;
  /** Decisions that found the table full. */
  overflow = 0;

  /** `edge` is the one that the record was counted in. */
  add({ decisions }: RequestRecord, edge: EdgeSeries): void {
    const pair = this.#pairOf(edge);
    for (let i = 0; i < decisions.length; i++) {
      const decision = decisions[i] as Decision;
      const series = pair.get(decision);
      if (series) series.count++;
      else if (this.#size >= maxSeries) this.overflow++;
      else {
        pair.set(decision, { decision, sample: edge.sample, count: 1 });
        this.#size++;
      }
    }
  }

  all(): readonly DecisionSeries[] {
    return [...this.#byPair.values()].flatMap((pair) => [...pair.values()]);
  }

  #pairOf(edge: EdgeSeries): PairSeries {
    const known = this.#byEdge.get(edge);
    if (known) return known;
    const key = pairKey(edge.sample);
    const pair = this.#byPair.get(key) ?? new Map<Decision, DecisionSeries>();
    this.#byPair.set(key, pair);
    this.#byEdge.set(edge, pair);
    return pair;
  }
}

function pairKey({ direction, source, destination }: RequestRecord): string {
  return (
    `${direction} ${source.namespace}/${source.service}/${source.version} ` +
    `${destination.namespace}/${destination.service}/${destination.version}`
  );
}
