import type { Mode, Window } from "@weir/domain";
import { guarded, type Sql } from "../connection/open-sql.ts";
import type { DecisionCounts, ServiceName } from "./answers.ts";
import { countColumns, decisionSums } from "./decision-sums.ts";

export interface DecisionsOfService extends DecisionCounts {
  readonly namespace: string;
  readonly policy: string;
  readonly kind: string;
  /** What was in force when it was decided. */
  readonly mode: Mode;
  readonly verdict: string;
}

/** What policies said about the requests to a service in a window, in all of their revisions. Most frequent first. */
export function decisionsOfService(
  sql: Sql,
  { namespace, service }: ServiceName,
  window: Window,
): Promise<DecisionsOfService[]> {
  return guarded(sql, async () => {
    const sums = sql.unsafe(await decisionSums(sql, window));
    return sql<DecisionsOfService[]>`
      SELECT d.namespace, d.policy, d.kind, d.mode, d.verdict, ${countColumns(sql)}
      FROM (${sums}) AS counted JOIN decision_series d ON d.id = series_id
        JOIN telemetry_service s ON s.id = d.destination_id
      WHERE s.namespace = ${namespace} AND s.name = ${service}
      GROUP BY 1, 2, 3, 4, 5 ORDER BY sum(evaluated) DESC, 1, 2, 3, 4, 5`;
  });
}
