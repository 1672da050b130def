import { bucketIndex } from "@weir/domain/request-path";
import type { Party } from "../exchange.ts";
import type { RequestRecord } from "./request-record.ts";

interface SeriesExemplar {
  readonly traceId: string;
  readonly spanId: string;
  readonly seconds: number;
  readonly atMs: number;
}

/** Requests of one interval that agree in everything their metric is split by. */
export interface EdgeSeries {
  /** One of them, for what they agree in. */
  readonly sample: RequestRecord;
  count: number;
  sumSeconds: number;
  requestBytes: number;
  responseBytes: number;
  readonly buckets: Map<number, number>;
  /** Time that was not spent on the upstream. */
  overheadSumSeconds: number;
  readonly overheadBuckets: Map<number, number>;
  /** The first sampled request of each bucket. */
  readonly exemplars: Map<number, SeriesExemplar>;
}

/** Callers choose their names and methods; what they cannot choose is how much memory that takes here. */
const maxSeries = 2000;

/** Counts and latencies by edge, over one export interval. */
export class EdgeSeriesTable {
  readonly #series = new Map<string, EdgeSeries>();
  /** The same by the objects that requests of an edge share, which is quicker to ask than a text to make. */
  readonly #byIdentity = new Map<Party, Map<Party, Map<string, EdgeSeries[]>>>();
  /** Requests that found the table full. */
  overflow = 0;

  /** Undefined where the table is full. */
  add(record: RequestRecord): EdgeSeries | undefined {
    const series = this.#find(record);
    if (series === undefined) {
      this.overflow++;
      return undefined;
    }
    const seconds = record.durationMs / 1000;
    const bucket = bucketIndex(seconds);
    series.count++;
    series.sumSeconds += seconds;
    series.requestBytes += record.requestBytes;
    series.responseBytes += record.responseBytes;
    series.buckets.set(bucket, (series.buckets.get(bucket) ?? 0) + 1);
    const overhead = Math.max(0, record.durationMs - record.upstreamMs) / 1000;
    const overheadBucket = bucketIndex(overhead);
    series.overheadSumSeconds += overhead;
    series.overheadBuckets.set(overheadBucket, (series.overheadBuckets.get(overheadBucket) ?? 0) + 1);
    if (record.sampled && !series.exemplars.has(bucket)) {
      const { traceId, spanId, startMs, durationMs } = record;
      series.exemplars.set(bucket, { traceId, spanId, seconds, atMs: startMs + durationMs });
    }
    return series;
  }

  all(): readonly EdgeSeries[] {
    return [...this.#series.values()];
  }

  #find(record: RequestRecord): EdgeSeries | undefined {
    const candidates = this.#candidates(record);
    for (let i = 0; i < candidates.length; i++) {
      const series = candidates[i] as EdgeSeries;
      if (agree(series.sample, record)) return series;
    }
    const key = keyOf(record);
    let series = this.#series.get(key);
    if (series === undefined) {
      if (this.#series.size >= maxSeries) return undefined;
      series = emptySeries({ ...record });
      this.#series.set(key, series);
    }
    candidates.push(series);
    return series;
  }

  /** The series of these parties and route; a list to add one to where there is none yet. */
  #candidates({ source, destination, route }: RequestRecord): EdgeSeries[] {
    const found = this.#byIdentity.get(destination)?.get(source)?.get(route);
    if (found) return found;
    const added: EdgeSeries[] = [];
    if (this.#byIdentity.size < maxSeries) {
      const bySource = getOrInsert(
        this.#byIdentity,
        destination,
        () => new Map<Party, Map<string, EdgeSeries[]>>(),
      );
      if (bySource.size < maxSeries)
        getOrInsert(bySource, source, () => new Map<string, EdgeSeries[]>()).set(route, added);
    }
    return added;
  }
}

function getOrInsert<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}

/** Of records with the same parties and route. */
function agree(a: RequestRecord, b: RequestRecord): boolean {
  return (
    classOf(a.status) === classOf(b.status) &&
    a.method === b.method &&
    a.flag === b.flag &&
    a.protocol === b.protocol &&
    a.security === b.security &&
    a.resends === b.resends &&
    a.grpcStatus === b.grpcStatus &&
    a.direction === b.direction
  );
}

function emptySeries(sample: RequestRecord): EdgeSeries {
  return {
    sample,
    count: 0,
    sumSeconds: 0,
    requestBytes: 0,
    responseBytes: 0,
    buckets: new Map(),
    overheadSumSeconds: 0,
    overheadBuckets: new Map(),
    exemplars: new Map(),
  };
}

function classOf(status: number): number {
  return Math.floor(status / 100);
}

function keyOf(record: RequestRecord): string {
  const { direction, source, destination, protocol, method, status, grpcStatus, flag, route } = record;
  const { security, resends } = record;
  return (
    `${direction} ${source.namespace}/${source.service}/${source.version} ` +
    `${destination.namespace}/${destination.service}/${destination.version} ` +
    `${protocol} ${method} ${classOf(status)} ${grpcStatus ?? ""} ${flag} ${security ?? ""} ${resends} ${route}`
  );
}
