import { histogramScale, metricNames } from "@weir/domain";
import {
  type Draft,
  type ExponentialHistogramDataPoint,
  encodeMetrics,
  type Metric,
  type NumberDataPoint,
  temporality,
} from "@weir/telemetry/otlp";
import type { AccessRecord } from "./access-record.ts";
import { alsScope, nodeResource } from "./node-resource.ts";
import { seriesAttributes } from "./record-attributes.ts";
import { type RecordSeries, seriesOf } from "./record-series.ts";
import type { ReportingNode } from "./reporting-node.ts";

/** One OTLP metrics request, in protobuf, that counts the records as a sidecar of Weir's own would. */
export function encodeMetricsRequest(
  node: ReportingNode,
  records: readonly AccessRecord[],
  batch: string,
): Buffer {
  const all = seriesOf(records);
  const metrics = [
    durations(
      metricNames.clientDuration,
      all.filter(({ sample }) => sample.reporter === "source"),
    ),
    durations(
      metricNames.serverDuration,
      all.filter(({ sample }) => sample.reporter === "destination"),
    ),
    bytes(metricNames.requestBytes, all, (series) => series.requestBytes),
    bytes(metricNames.responseBytes, all, (series) => series.responseBytes),
  ].filter((metric) => (metric.sum ?? metric.exponentialHistogram)?.dataPoints?.length);
  const scopeMetrics = [{ scope: alsScope(batch), metrics }];
  return encodeMetrics({ resourceMetrics: [{ resource: nodeResource(node), scopeMetrics }] }, "protobuf");
}

function durations(name: string, series: readonly RecordSeries[]): Draft<Metric> {
  const dataPoints = series.map(histogram);
  return { name, unit: "s", exponentialHistogram: { aggregationTemporality: temporality.delta, dataPoints } };
}

function histogram(series: RecordSeries): Draft<ExponentialHistogramDataPoint> {
  const indexes = [...series.buckets.keys()];
  const offset = Math.min(...indexes);
  const bucketCounts = new Array<number>(Math.max(...indexes) - offset + 1).fill(0);
  for (const [index, count] of series.buckets) bucketCounts[index - offset] = count;
  return {
    ...commonOf(series),
    count: series.count,
    sum: series.sumSeconds,
    scale: histogramScale,
    positive: { offset, bucketCounts },
    exemplars: [...series.exemplars.values()].map(({ traceId, spanId, seconds, atNs }) => ({
      traceId,
      spanId,
      asDouble: seconds,
      timeUnixNano: atNs,
    })),
  };
}

function bytes(
  name: string,
  all: readonly RecordSeries[],
  amount: (series: RecordSeries) => number,
): Draft<Metric> {
  const dataPoints: Draft<NumberDataPoint>[] = all.map((series) => ({
    ...commonOf(series),
    asInt: amount(series),
  }));
  return {
    name,
    unit: "By",
    sum: { aggregationTemporality: temporality.delta, isMonotonic: true, dataPoints },
  };
}

function commonOf({ sample, fromNs, toNs }: RecordSeries) {
  return { attributes: seriesAttributes(sample), startTimeUnixNano: fromNs, timeUnixNano: toNs };
}
