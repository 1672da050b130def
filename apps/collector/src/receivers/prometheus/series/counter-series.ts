import { isCount } from "../../../processors/exponential-buckets.ts";
import type { KnownReport } from "./known-report.ts";
import type { SeriesDelta } from "./series-delta.ts";
import type { SeriesIdentity } from "./series-identity.ts";

/** How a series that was not known before is taken: it has just begun, at zero, or has only not been seen yet. */
export type FirstSight = "begins" | "was-there";

/** A counter, and the value it had when it was last seen. */
export class CounterSeries {
  readonly identity: SeriesIdentity;
  report: KnownReport;
  /** Numbers that are remembered. */
  readonly cells = 1;
  seenMs = 0;
  #last: number | undefined;

  constructor(identity: SeriesIdentity, report: KnownReport) {
    this.identity = identity;
    this.report = report;
  }

  /** Undefined for what is no count. A value below the last one is that of a process that has begun anew. */
  advance(value: number, firstSight: FirstSight): SeriesDelta | undefined {
    const seen = Math.round(value);
    if (!isCount(seen)) return undefined;
    const last = this.#last ?? (firstSight === "begins" ? 0 : seen);
    this.#last = seen;
    return { report: this.report, measure: this.identity.measure, count: seen < last ? seen : seen - last };
  }
}
