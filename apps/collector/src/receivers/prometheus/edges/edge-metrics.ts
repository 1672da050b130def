import { histogramScale, meshAttributes, metricNames } from "@weir/domain";
import {
  type Attributes,
  type AttributeValue,
  type Draft,
  encodeMetrics,
  type Metric,
  temporality,
} from "@weir/telemetry/otlp";
import type { EdgeTraffic } from "./edge-traffic.ts";
import { type Interval, slotsOf, spreadTraffic } from "./interval.ts";

/** One request stays far below what a receiver takes. */
const pointsPerRequest = 4000;
const scope = { name: "weir.collector.prometheus" } as const;

interface Piece {
  readonly piece: Interval;
  readonly traffic: EdgeTraffic;
}

/**
 * Traffic in exactly the form in which Weir's sidecars report theirs, as one or more OTLP metrics requests in protobuf.
 * `reporterOf` says as whose report each counts.
 */
export function edgeMetricsRequests(
  resource: Attributes,
  all: readonly EdgeTraffic[],
  interval: Interval,
  reporterOf: (traffic: EdgeTraffic) => "source" | "destination",
): Buffer[] {
  const slots = slotsOf(interval);
  const pieces = all.flatMap((traffic) => spreadTraffic(traffic, slots));
  const requests: Buffer[] = [];
  for (let i = 0; i < pieces.length; i += pointsPerRequest) {
    const some = pieces.slice(i, i + pointsPerRequest);
    const metrics = metricsOf(some, reporterOf);
    const resourceMetrics = [{ resource: { attributes: resource }, scopeMetrics: [{ scope, metrics }] }];
    requests.push(encodeMetrics({ resourceMetrics }, "protobuf"));
  }
  return requests;
}

function metricsOf(
  pieces: readonly Piece[],
  reporterOf: (traffic: EdgeTraffic) => "source" | "destination",
): Draft<Metric>[] {
  const isOf = (reporter: string) => pieces.filter(({ traffic }) => reporterOf(traffic) === reporter);
  const metrics = [
    durations(metricNames.clientDuration, isOf("source"), "source"),
    durations(metricNames.serverDuration, isOf("destination"), "destination"),
    ...(["source", "destination"] as const).flatMap((reporter) => [
      bytes(metricNames.requestBytes, isOf(reporter), reporter, ({ requestBytes }) => requestBytes),
      bytes(metricNames.responseBytes, isOf(reporter), reporter, ({ responseBytes }) => responseBytes),
    ]),
  ];
  return metrics.filter((metric) => (metric.sum ?? metric.exponentialHistogram)?.dataPoints?.length);
}

function durations(name: string, pieces: readonly Piece[], reporter: string): Draft<Metric> {
  const dataPoints = pieces
    .filter(({ traffic }) => traffic.requests > 0 || traffic.buckets.size > 0)
    .map(({ piece, traffic }) => ({
      ...timesOf(piece),
      attributes: attributesOf(traffic, reporter),
      // Requests whose latency nobody told are counted here and in no bucket.
      count: traffic.requests,
      sum: traffic.seconds,
      scale: histogramScale,
      positive: denseOf(traffic.buckets),
      exemplars: traffic.exemplars.map(({ traceId, spanId, seconds }) => ({
        ...{ traceId, spanId, asDouble: seconds },
        timeUnixNano: timesOf(piece).timeUnixNano,
      })),
    }));
  return { name, unit: "s", exponentialHistogram: { aggregationTemporality: temporality.delta, dataPoints } };
}

function bytes(
  name: string,
  pieces: readonly Piece[],
  reporter: string,
  bytesOf: (traffic: EdgeTraffic) => number,
): Draft<Metric> {
  const dataPoints = pieces
    .filter(({ traffic }) => bytesOf(traffic) > 0)
    .map(({ piece, traffic }) => ({
      ...timesOf(piece),
      attributes: attributesOf(traffic, reporter),
      asInt: bytesOf(traffic),
    }));
  return {
    ...{ name, unit: "By" },
    sum: { aggregationTemporality: temporality.delta, isMonotonic: true, dataPoints },
  };
}

/** A piece that ends where a slot begins belongs to the slot before. */
function timesOf({ fromMs, toMs }: Interval) {
  const lastMs = Math.max(fromMs, toMs - 1);
  return { startTimeUnixNano: nanoseconds(fromMs), timeUnixNano: nanoseconds(lastMs) };
}

function nanoseconds(milliseconds: number): bigint {
  return BigInt(Math.round(milliseconds)) * 1_000_000n;
}

function denseOf(buckets: ReadonlyMap<number, number>) {
  if (buckets.size === 0) return { offset: 0, bucketCounts: [] };
  const indexes = [...buckets.keys()];
  const offset = Math.min(...indexes);
  const bucketCounts = new Array<number>(Math.max(...indexes) - offset + 1).fill(0);
  for (const [index, count] of buckets) bucketCounts[index - offset] = count;
  return { offset, bucketCounts };
}

function attributesOf({ source, destination, answer }: EdgeTraffic, reporter: string): Attributes {
  const attributes: Record<string, AttributeValue> = {
    [meshAttributes.reporter]: reporter,
    [meshAttributes.sourceNamespace]: source.namespace,
    [meshAttributes.sourceService]: source.service,
    [meshAttributes.sourceVersion]: source.version,
    [meshAttributes.destinationNamespace]: destination.namespace,
    [meshAttributes.destinationService]: destination.service,
    [meshAttributes.destinationVersion]: destination.version,
    [meshAttributes.protocol]: answer.protocol ?? "http",
    [meshAttributes.status]: answer.status ?? 0,
  };
  if (answer.method) attributes[meshAttributes.method] = answer.method;
  if (answer.flag) attributes[meshAttributes.responseFlag] = answer.flag;
  if (answer.security !== undefined) attributes[meshAttributes.security] = answer.security;
  if (answer.grpcStatus !== undefined) attributes[meshAttributes.grpcStatus] = answer.grpcStatus;
  return attributes;
}
