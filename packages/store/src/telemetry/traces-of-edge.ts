import type { Window } from "@weir/domain";
import type { Sql } from "../connection/open-sql.ts";
import type { EdgeName, TraceSummary } from "./answers.ts";
import { searchTraces } from "./search-traces.ts";

export interface TracesOfEdgeSettings {
  /** Milliseconds after which no more are looked for, about; 300 unless told: an edge that hardly any trace has is worth no more. */
  readonly budgetMs?: number;
}

/**
 * Traces, newest first, in which a span of the destination has a parent of the source: that both took part is not
 * enough, they may have met through a third. A source outside the mesh has no spans; there, the destination's span
 * is the first of its trace.
 */
export async function tracesOfEdge(
  sql: Sql,
  edge: EdgeName,
  window: Window,
  limit: number,
  { budgetMs = 300 }: TracesOfEdgeSettings = {},
): Promise<readonly TraceSummary[]> {
  const search = { window, limit, service: edge.destination, calledBy: edge.source, budgetMs };
  return (await searchTraces(sql, search)).traces;
}
