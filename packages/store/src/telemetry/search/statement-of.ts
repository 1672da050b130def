import type { Sql } from "postgres";
import { lookUpSpans } from "./look-up-spans.ts";
import type { SearchPlan, SearchStep } from "./search-run.ts";
import type { Fragment } from "./span-matches.ts";
import { sweepSpans } from "./sweep-spans.ts";
import { sweepTraces } from "./sweep-traces.ts";
import type { TraceFilter } from "./trace-matches.ts";

/** Sequential scans are off where it runs: an index that leaves out ranges of pages looks worse to the planner than it is. */
export function statementOf(
  sql: Sql,
  { condition }: Pick<SearchPlan, "condition">,
  { way, slice, limit }: SearchStep,
  filter: TraceFilter,
): Fragment {
  if (way === "traces" || condition === undefined) return sweepTraces(sql, filter, condition, slice, limit);
  if (way === "spans") return sweepSpans(sql, filter, condition, slice, limit);
  return lookUpSpans(sql, filter, condition, way, slice, limit);
}
