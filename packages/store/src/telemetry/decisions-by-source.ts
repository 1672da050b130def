import type { Window } from "@weir/domain";
import { guarded, type Sql } from "../connection/open-sql.ts";
import type { DecisionCounts, ServiceName } from "./answers.ts";
import { countColumns, decisionSums } from "./decision-sums.ts";

export interface DecisionsBySource extends DecisionCounts, ServiceName {
  /** How many policies said something. A request has a decision of each of them. */
  readonly policies: number;
}

/** What was decided about the requests of each caller in a window. Most frequent first. */
export function decisionsBySource(sql: Sql, window: Window): Promise<DecisionsBySource[]> {
  return guarded(sql, async () => {
    const sums = sql.unsafe(await decisionSums(sql, window));
    return sql<DecisionsBySource[]>`
      SELECT s.namespace, s.name AS service, count(DISTINCT (d.namespace, d.policy))::int AS policies,
        ${countColumns(sql)}
      FROM (${sums}) AS counted JOIN decision_series d ON d.id = series_id
        JOIN telemetry_service s ON s.id = d.source_id
      GROUP BY 1, 2 ORDER BY sum(evaluated) DESC, 1, 2`;
  });
}
