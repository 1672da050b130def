import type { Decision } from "@weir/domain/request-path";
import type { RequestRecord } from "./request-record.ts";

/** Decisions of one interval that agree in everything but the request. */
export interface DecisionSeries {
  readonly decision: Decision;
  readonly sample: RequestRecord;
  count: number;
}

/** How often each policy said what, by edge, over one export interval. Bounded by policies, verdicts and edges. */
export class DecisionSeriesTable {
  readonly #series = new Map<string, DecisionSeries>();

  add(record: RequestRecord): void {
    for (const decision of record.decisions) {
      const { policy, revision, mode, verdict, wouldAct, acted } = decision;
      const { service, version } = record.destination;
      const key = `${policy} ${revision} ${mode} ${verdict} ${wouldAct} ${acted} ${service} ${version}`;
      const series = this.#series.get(key);
      if (series) series.count++;
      else this.#series.set(key, { decision, sample: record, count: 1 });
    }
  }

  all(): readonly DecisionSeries[] {
    return [...this.#series.values()];
  }
}
