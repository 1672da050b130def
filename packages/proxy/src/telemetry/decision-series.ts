import type { Decision } from "@weir/domain/request-path";
import type { Party } from "../exchange.ts";
import type { EdgeSeries } from "./edge-series.ts";
import type { RequestRecord } from "./request-record.ts";

/** Decisions of one interval that agree in everything but the request. */
export interface DecisionSeries {
  readonly decision: Decision;
  readonly sample: RequestRecord;
  count: number;
}

/**
 * How often each policy said what, by edge, over one export interval. Decisions and parties are known by identity:
 * each is the same object for as long as a snapshot is in force. Bounded by policies, verdicts and edges.
 */
export class DecisionSeriesTable {
  readonly #series = new Map<Decision, Map<Party, DecisionSeries>>();

  /** `series` is the one that the record was counted in. */
  add({ decisions, destination }: RequestRecord, { sample }: EdgeSeries): void {
    for (let i = 0; i < decisions.length; i++) {
      const decision = decisions[i] as Decision;
      let byParty = this.#series.get(decision);
      if (byParty === undefined) {
        byParty = new Map();
        this.#series.set(decision, byParty);
      }
      const series = byParty.get(destination);
      if (series) series.count++;
      else byParty.set(destination, { decision, sample, count: 1 });
    }
  }

  all(): readonly DecisionSeries[] {
    return [...this.#series.values()].flatMap((byParty) => [...byParty.values()]);
  }
}
