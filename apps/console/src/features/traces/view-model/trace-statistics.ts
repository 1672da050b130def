import { selfTimeNs } from "./self-time.ts";
import type { SpanTree } from "./span-tree.ts";
import { isError } from "./waterfall-span.ts";

export type StatisticsBy = "service" | "operation";

/** What the spans of one service, or of one of its operations, have in common. */
export interface StatisticsRow {
  readonly key: string;
  readonly service: string;
  /** Absent in a row of a whole service. */
  readonly operation: string | undefined;
  readonly spans: number;
  readonly failed: number;
  /** Durations added up; those that ran at the same time count each. */
  readonly totalNs: number;
  /** Without the time their children were under way. */
  readonly selfNs: number;
  /** Of the self time of all spans, 0 to 1. */
  readonly share: number;
  readonly minNs: number;
  readonly averageNs: number;
  /** The nearest rank: a duration that one of them had. */
  readonly p95Ns: number;
  readonly maxNs: number;
}

interface Draft {
  readonly service: string;
  readonly operation: string | undefined;
  readonly durations: number[];
  failed: number;
  selfNs: number;
}

/** The statistics of a trace, in the order in which services or operations first stand in it. */
export function traceStatistics(tree: SpanTree, by: StatisticsBy): StatisticsRow[] {
  const drafts = new Map<string, Draft>();
  let allNs = 0;
  for (const node of tree.nodes.values()) {
    const { span } = node;
    const operation = by === "operation" ? span.operation : undefined;
    const key = `${span.service}\0${operation ?? ""}`;
    const draft = drafts.get(key) ?? {
      service: span.service,
      operation,
      durations: [],
      failed: 0,
      selfNs: 0,
    };
    drafts.set(key, draft);
    const selfNs = selfTimeNs(node);
    draft.durations.push(span.durationNs);
    draft.failed += Number(isError(span));
    draft.selfNs += selfNs;
    allNs += selfNs;
  }
  return [...drafts].map(([key, draft]) => rowOf(key, draft, allNs));
}

function rowOf(key: string, { durations, ...draft }: Draft, allNs: number): StatisticsRow {
  const sorted = Float64Array.from(durations).sort();
  const spans = sorted.length;
  const totalNs = sorted.reduce((sum, ns) => sum + ns, 0);
  return {
    ...{ key, ...draft, spans, totalNs },
    ...{ share: allNs > 0 ? draft.selfNs / allNs : 0, averageNs: totalNs / spans },
    ...{ minNs: sorted[0] ?? 0, maxNs: sorted.at(-1) ?? 0, p95Ns: sorted[Math.ceil(spans * 0.95) - 1] ?? 0 },
  };
}

/** Columns that a table of statistics can be sorted by. */
export const statisticsColumns = [
  "name",
  "spans",
  "totalNs",
  "selfNs",
  "minNs",
  "averageNs",
  "p95Ns",
  "maxNs",
  "failed",
] as const;
export type StatisticsColumn = (typeof statisticsColumns)[number];

export function sortStatistics(
  rows: readonly StatisticsRow[],
  column: StatisticsColumn,
  descending: boolean,
): StatisticsRow[] {
  return rows.toSorted((a, b) => {
    const difference = column === "name" ? byName(a, b) : a[column] - b[column];
    return (descending ? -difference : difference) || byName(a, b);
  });
}

function byName(a: StatisticsRow, b: StatisticsRow): number {
  const [one, other] = [`${a.service} ${a.operation ?? ""}`, `${b.service} ${b.operation ?? ""}`];
  return one < other ? -1 : one > other ? 1 : 0;
}
