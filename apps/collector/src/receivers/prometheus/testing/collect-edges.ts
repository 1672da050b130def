import { type EdgePoint, type MetricPoint, SpanDictionary } from "@weir/store";
import { Intake } from "../../../intake.ts";
import { createProcessing, type ProcessedRequest } from "../../../processors/process-request.ts";
import { plainRules } from "../../../processors/testing/process-body.ts";
import { Admission } from "../../admission.ts";

/** A real intake that keeps what it is given in memory. */
export function collectEdges(now: () => number) {
  const kept: ProcessedRequest[] = [];
  const admission = new Admission({ maxBytes: 64 * 1024 * 1024, maxRequests: 100 });
  const hooks = { mayReceive: () => {}, keep: async (_: ProcessedRequest): Promise<void> => {} };
  const intake = new Intake({
    ...{ admission, now },
    mayReceive: () => hooks.mayReceive(),
    process: createProcessing({ dictionary: new SpanDictionary(), rules: plainRules }),
    keep: async (processed) => {
      await hooks.keep(processed);
      kept.push(processed);
    },
  });
  return {
    ...{ intake, admission, hooks, kept },
    edges: (): EdgePoint[] => kept.flatMap(({ rows }) => rows.edgePoints),
    others: (): MetricPoint[] => kept.flatMap(({ rows }) => rows.metricPoints),
  };
}

/** Everything that edges add up to, by what they are split by: `web v1>cart v2 http GET 2xx`. */
export function summarize(points: readonly EdgePoint[]): Record<string, EdgeSummary> {
  const sums: Record<string, EdgeSummary> = {};
  for (const point of points) {
    const ends = [point.source, point.destination].map(({ namespace, service, version }) =>
      `${namespace}/${service} ${version}`.trim(),
    );
    const { reporter, protocol, method, statusClass, flag } = point;
    const key = [reporter, ends.join(" > "), protocol, method, `${statusClass}xx`, flag]
      .filter(Boolean)
      .join(" ");
    const sum = sums[key] ?? { requests: 0, requestBytes: 0, responseBytes: 0, seconds: 0, latencies: 0 };
    sums[key] = {
      requests: sum.requests + point.requests,
      requestBytes: sum.requestBytes + point.requestBytes,
      responseBytes: sum.responseBytes + point.responseBytes,
      seconds: Math.round((sum.seconds + point.durationSumSeconds) * 1e6) / 1e6,
      latencies: sum.latencies + point.histogram.counts.reduce((total, count) => total + count, 0),
    };
  }
  return sums;
}

export interface EdgeSummary {
  readonly requests: number;
  readonly requestBytes: number;
  readonly responseBytes: number;
  readonly seconds: number;
  /** Counts of all buckets. */
  readonly latencies: number;
}
