import type { Window } from "@weir/domain";
import { guarded, type Sql } from "../connection/open-sql.ts";
import type { DecisionCounts } from "./answers.ts";
import { countColumns, decisionSums } from "./decision-sums.ts";
import type { EdgeEnd } from "./records.ts";

export interface DecisionsByEdge extends DecisionCounts {
  readonly source: EdgeEnd;
  readonly destination: EdgeEnd;
  /** Of the policies; several of one kind are put together. */
  readonly kind: string;
  readonly verdict: string;
}

/**
 * What policies changed, or in observe would have changed, about the requests of each edge in a window. Choices among
 * versions and endpoints are left out: they show in where requests arrive, and there are as many as requests.
 */
export function decisionsByEdge(sql: Sql, window: Window): Promise<DecisionsByEdge[]> {
  return guarded(sql, async () => {
    const sums = sql.unsafe(await decisionSums(sql, window));
    return sql<DecisionsByEdge[]>`
      SELECT json_build_object('namespace', s.namespace, 'service', s.name, 'version', s.version) AS source,
        json_build_object('namespace', t.namespace, 'service', t.name, 'version', t.version) AS destination,
        edges.kind, edges.verdict, edges.evaluated, edges."wouldAct", edges.acted
      FROM (
        SELECT d.source_id, d.destination_id, d.kind, d.verdict, ${countColumns(sql)}
        FROM (${sums}) AS counted JOIN decision_series d ON d.id = series_id
        WHERE d.kind NOT IN ('canary', 'loadBalancer')
        GROUP BY 1, 2, 3, 4 HAVING sum(would_act) + sum(acted) > 0
      ) AS edges
        JOIN telemetry_service s ON s.id = edges.source_id JOIN telemetry_service t ON t.id = edges.destination_id
      ORDER BY s.namespace, s.name, s.version, t.namespace, t.name, t.version, edges.kind, edges.verdict`;
  });
}
