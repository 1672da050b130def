import { decisionAttributes, histogramScale, metricNames } from "@weir/domain/request-path";
import {
  type Draft,
  type ExponentialHistogramDataPoint,
  encodeMetrics,
  type Metric,
  temporality,
} from "@weir/telemetry/otlp";
import type { DecisionSeries } from "./decision-series.ts";
import type { EdgeSeries } from "./edge-series.ts";
import { edgeAttributes, seriesAttributes } from "./mesh-attributes.ts";
import { nanoseconds, type RequestRecord } from "./request-record.ts";
import { type resourceOf, scope } from "./resource.ts";

/** Milliseconds since 1970. */
export interface Interval {
  readonly fromMs: number;
  readonly toMs: number;
}

/** One OTLP metrics request, in protobuf, for what was counted in an interval. */
export function encodeMetricsRequest(
  resource: ReturnType<typeof resourceOf>,
  edges: readonly EdgeSeries[],
  decisions: readonly DecisionSeries[],
  interval: Interval,
): Buffer {
  const outbound = edges.filter(({ sample }) => sample.direction === "outbound");
  const inbound = edges.filter(({ sample }) => sample.direction === "inbound");
  const times = { startTimeUnixNano: nanoseconds(interval.fromMs), timeUnixNano: nanoseconds(interval.toMs) };
  const metrics: Draft<Metric>[] = [
    durations(metricNames.clientDuration, outbound, times),
    durations(metricNames.serverDuration, inbound, times),
    overheads(edges, times),
    sum(
      metricNames.requestBytes,
      "By",
      edges.map((e) => ({ ...times, attributes: seriesAttributes(e.sample), asInt: e.requestBytes })),
    ),
    sum(
      metricNames.responseBytes,
      "By",
      edges.map((e) => ({ ...times, attributes: seriesAttributes(e.sample), asInt: e.responseBytes })),
    ),
    sum(
      metricNames.decisions,
      "{decision}",
      decisions.map((d) => ({ ...times, attributes: attributesOf(d), asInt: d.count })),
    ),
  ].filter((metric) => (metric.sum ?? metric.exponentialHistogram)?.dataPoints?.length);
  return encodeMetrics({ resourceMetrics: [{ resource, scopeMetrics: [{ scope, metrics }] }] }, "protobuf");
}

type Times = Pick<ExponentialHistogramDataPoint, "startTimeUnixNano" | "timeUnixNano">;

function durations(name: string, edges: readonly EdgeSeries[], times: Times): Draft<Metric> {
  const dataPoints = edges.map((series) => ({
    ...times,
    ...histogram(series.sample, series.buckets, series.sumSeconds),
    exemplars: [...series.exemplars.values()].map(({ traceId, spanId, seconds, atMs }) => ({
      traceId,
      spanId,
      asDouble: seconds,
      timeUnixNano: nanoseconds(atMs),
    })),
  }));
  return { name, unit: "s", exponentialHistogram: { aggregationTemporality: temporality.delta, dataPoints } };
}

/** What the sidecar itself added to the requests. */
function overheads(edges: readonly EdgeSeries[], times: Times): Draft<Metric> {
  const dataPoints = edges.map((series) => ({
    ...times,
    ...histogram(series.sample, series.overheadBuckets, series.overheadSumSeconds),
  }));
  return {
    name: metricNames.overhead,
    unit: "s",
    exponentialHistogram: { aggregationTemporality: temporality.delta, dataPoints },
  };
}

function histogram(
  sample: RequestRecord,
  buckets: ReadonlyMap<number, number>,
  sum: number,
): Draft<ExponentialHistogramDataPoint> {
  const indexes = [...buckets.keys()];
  const offset = Math.min(...indexes);
  const bucketCounts = new Array<number>(Math.max(...indexes) - offset + 1).fill(0);
  let count = 0;
  for (const [index, requests] of buckets) {
    bucketCounts[index - offset] = requests;
    count += requests;
  }
  return {
    attributes: seriesAttributes(sample),
    count,
    sum,
    scale: histogramScale,
    positive: { offset, bucketCounts },
  };
}

function sum(
  name: string,
  unit: string,
  dataPoints: NonNullable<Draft<Metric>["sum"]>["dataPoints"],
): Draft<Metric> {
  return { name, unit, sum: { aggregationTemporality: temporality.delta, isMonotonic: true, dataPoints } };
}

function attributesOf({ decision, sample }: DecisionSeries) {
  return {
    ...edgeAttributes(sample),
    [decisionAttributes.policy]: decision.policy,
    [decisionAttributes.namespace]: sample.destination.namespace,
    [decisionAttributes.kind]: decision.kind,
    [decisionAttributes.revision]: decision.revision,
    [decisionAttributes.mode]: decision.mode,
    [decisionAttributes.verdict]: decision.verdict,
    [decisionAttributes.wouldAct]: decision.wouldAct,
    [decisionAttributes.acted]: decision.acted,
  };
}
