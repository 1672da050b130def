import type { TraceRow } from "../../../server/traces/trace-row.ts";
import { spanTitle } from "./waterfall-span.ts";

/** Traces that began alike and touched the same services. */
export interface PathSummary {
  readonly key: string;
  /** Of the root. */
  readonly service: string;
  readonly title: string;
  /** All that took part, the root's first. */
  readonly services: readonly string[];
  readonly traces: number;
  readonly failed: number;
  readonly medianNs: number;
  readonly longestNs: number;
  /** The trace that took longest: the one to open. */
  readonly longestId: string;
}

/** Found traces by the way they went, the most frequent first. Of the traces that were found so far, not of all there are. */
export function summarisePaths(traces: readonly TraceRow[]): PathSummary[] {
  const groups = Map.groupBy(traces, (trace) =>
    [trace.service, spanTitle(trace), ...othersOf(trace)].join("\0"),
  );
  return [...groups]
    .map(([key, group]) => summaryOf(key, group))
    .sort((a, b) => b.traces - a.traces || b.longestNs - a.longestNs);
}

function summaryOf(key: string, group: readonly TraceRow[]): PathSummary {
  const byDuration = group.toSorted((a, b) => a.durationNs - b.durationNs);
  const longest = byDuration.at(-1)!;
  return {
    key,
    service: longest.service,
    title: spanTitle(longest),
    services: [longest.service, ...othersOf(longest)],
    traces: group.length,
    failed: group.filter((trace) => trace.errors > 0).length,
    medianNs: byDuration[Math.ceil(group.length / 2) - 1]?.durationNs ?? 0,
    longestNs: longest.durationNs,
    longestId: longest.traceId,
  };
}

function othersOf({ service, services }: TraceRow): string[] {
  return services.filter((name) => name !== service).sort();
}
