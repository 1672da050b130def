import { metricNames } from "@weir/domain/request-path";
import { type Draft, encodeMetrics, type Metric, temporality } from "@weir/telemetry/otlp";
import { nanoseconds } from "./request-record.ts";
import { type resourceOf, scope } from "./resource.ts";

/** What the process of a sidecar costs. */
export interface ProcessUsage {
  /** Milliseconds since 1970. */
  readonly startedMs: number;
  /** On all cores, since its start. */
  readonly cpuSeconds: number;
  /** Resident. */
  readonly memoryBytes: number;
}

export function processUsage(): ProcessUsage {
  const { user, system } = process.cpuUsage();
  return {
    startedMs: performance.timeOrigin,
    cpuSeconds: (user + system) / 1e6,
    memoryBytes: process.memoryUsage.rss(),
  };
}

/** One OTLP metrics request, in protobuf (OpenTelemetry semantic conventions: process metrics). */
export function encodeProcessMetrics(
  resource: ReturnType<typeof resourceOf>,
  { startedMs, cpuSeconds, memoryBytes }: ProcessUsage,
  atMs: number,
): Buffer {
  const times = { startTimeUnixNano: nanoseconds(startedMs), timeUnixNano: nanoseconds(atMs) };
  const cumulative = { aggregationTemporality: temporality.cumulative };
  const metrics: Draft<Metric>[] = [
    {
      ...{ name: metricNames.cpuTime, unit: "s" },
      sum: { ...cumulative, isMonotonic: true, dataPoints: [{ ...times, asDouble: cpuSeconds }] },
    },
    {
      ...{ name: metricNames.memory, unit: "By" },
      sum: { ...cumulative, isMonotonic: false, dataPoints: [{ ...times, asInt: memoryBytes }] },
    },
  ];
  return encodeMetrics({ resourceMetrics: [{ resource, scopeMetrics: [{ scope, metrics }] }] }, "protobuf");
}
