import type { BucketCounts } from "../edges/bucket-counts.ts";
import type { Measure } from "../mesh/mesh-table.ts";
import type { KnownReport } from "./known-report.ts";

/** What one series has counted since it was last seen; 0 is news too: the series is there. */
export interface SeriesDelta {
  readonly report: KnownReport;
  readonly measure: Measure;
  /** Requests, or bytes. */
  readonly count: number;
  /** Of durations. */
  readonly latency?: LatencyDelta;
}

export interface LatencyDelta {
  readonly buckets: BucketCounts;
  readonly seconds: number;
  readonly exemplars: readonly SeriesExemplar[];
}

export interface SeriesExemplar {
  readonly traceId: string;
  readonly spanId: string;
  readonly seconds: number;
}
