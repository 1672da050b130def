import { bucketIndex } from "@weir/domain/request-path";
import type { RequestRecord } from "./request-record.ts";

interface SeriesExemplar {
  readonly traceId: string;
  readonly spanId: string;
  readonly seconds: number;
  readonly atMs: number;
}

/** Requests of one interval that agree in everything their metric is split by. */
export interface EdgeSeries {
  readonly sample: RequestRecord;
  count: number;
  sumSeconds: number;
  requestBytes: number;
  responseBytes: number;
  readonly buckets: Map<number, number>;
  /** The first sampled request of each bucket. */
  readonly exemplars: Map<number, SeriesExemplar>;
}

/** Callers choose their names and methods; what they cannot choose is how much memory that takes here. */
const maxSeries = 2000;

/** Counts and latencies by edge, over one export interval. */
export class EdgeSeriesTable {
  readonly #series = new Map<string, EdgeSeries>();
  /** Requests that found the table full. */
  overflow = 0;

  add(record: RequestRecord): void {
    const key = keyOf(record);
    let series = this.#series.get(key);
    if (series === undefined) {
      if (this.#series.size >= maxSeries) {
        this.overflow++;
        return;
      }
      series = emptySeries(record);
      this.#series.set(key, series);
    }
    const seconds = record.durationMs / 1000;
    const bucket = bucketIndex(seconds);
    series.count++;
    series.sumSeconds += seconds;
    series.requestBytes += record.requestBytes;
    series.responseBytes += record.responseBytes;
    series.buckets.set(bucket, (series.buckets.get(bucket) ?? 0) + 1);
    if (record.sampled && !series.exemplars.has(bucket)) {
      const { traceId, spanId, startMs, durationMs } = record;
      series.exemplars.set(bucket, { traceId, spanId, seconds, atMs: startMs + durationMs });
    }
  }

  all(): readonly EdgeSeries[] {
    return [...this.#series.values()];
  }
}

function emptySeries(sample: RequestRecord): EdgeSeries {
  return {
    sample,
    count: 0,
    sumSeconds: 0,
    requestBytes: 0,
    responseBytes: 0,
    buckets: new Map(),
    exemplars: new Map(),
  };
}

function keyOf({ direction, source, destination, protocol, method, status, flag }: RequestRecord): string {
  return (
    `${direction} ${source.namespace}/${source.service}/${source.version} ` +
    `${destination.namespace}/${destination.service}/${destination.version} ` +
    `${protocol} ${method} ${Math.floor(status / 100)} ${flag}`
  );
}
