import { bucketIndex } from "@weir/domain";
import type { AccessRecord } from "./access-record.ts";

interface SeriesExemplar {
  readonly traceId: string;
  readonly spanId: string;
  readonly seconds: number;
  readonly atNs: bigint;
}

/** Requests that ended in one slot of the map and agree in all that its metrics are split by. */
export interface RecordSeries {
  /** One of them, for what they agree in. */
  readonly sample: AccessRecord;
  /** Nanoseconds since 1970: the first start and the last end. */
  fromNs: bigint;
  toNs: bigint;
  count: number;
  sumSeconds: number;
  requestBytes: number;
  responseBytes: number;
  readonly buckets: Map<number, number>;
  /** The first sampled request of each bucket. */
  readonly exemplars: Map<number, SeriesExemplar>;
}

/** The map's finest slots: a request belongs to the one that it ended in, and batches come late. */
const slotMs = 10_000n;
const nsPerMs = 1_000_000n;

/** Sums the records up. */
export function seriesOf(records: readonly AccessRecord[]): RecordSeries[] {
  const all = new Map<string, RecordSeries>();
  for (const record of records) {
    const endNs = record.startNs + BigInt(record.durationNs);
    const key = `${endNs / nsPerMs / slotMs} ${keyOf(record)}`;
    let series = all.get(key);
    if (!series) {
      series = emptySeries(record, endNs);
      all.set(key, series);
    }
    add(series, record, endNs);
  }
  return [...all.values()];
}

function add(series: RecordSeries, record: AccessRecord, endNs: bigint): void {
  const seconds = record.durationNs / 1e9;
  const bucket = bucketIndex(seconds);
  if (record.startNs < series.fromNs) series.fromNs = record.startNs;
  if (endNs > series.toNs) series.toNs = endNs;
  series.count++;
  series.sumSeconds += seconds;
  series.requestBytes += record.requestBytes;
  series.responseBytes += record.responseBytes;
  series.buckets.set(bucket, (series.buckets.get(bucket) ?? 0) + 1);
  const { trace } = record;
  if (trace?.sampled && !series.exemplars.has(bucket))
    series.exemplars.set(bucket, { traceId: trace.traceId, spanId: trace.spanId, seconds, atNs: endNs });
}

function emptySeries(sample: AccessRecord, endNs: bigint): RecordSeries {
  return {
    sample,
    fromNs: sample.startNs,
    toNs: endNs,
    count: 0,
    sumSeconds: 0,
    requestBytes: 0,
    responseBytes: 0,
    buckets: new Map(),
    exemplars: new Map(),
  };
}

function keyOf(record: AccessRecord): string {
  const { reporter, source, destination, protocol, method, status, grpcStatus, flag, security } = record;
  return JSON.stringify([
    ...[reporter, source.namespace, source.service, source.version],
    ...[destination.namespace, destination.service, destination.version],
    ...[protocol, method, Math.floor(status / 100), grpcStatus, flag, security],
  ]);
}
