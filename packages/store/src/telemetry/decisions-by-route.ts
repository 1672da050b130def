import type { Window } from "@weir/domain";
import { guarded, type Sql } from "../connection/open-sql.ts";
import type { DecisionCounts, ServiceName } from "./answers.ts";
import { countColumns, decisionSums } from "./decision-sums.ts";

export interface DecisionsByRoute extends DecisionCounts {
  readonly namespace: string;
  readonly policy: string;
  /** Whose requests it routes. */
  readonly destination: ServiceName;
  /** Where to, such as `version=v2`; a policy's rules are not told apart but by that. */
  readonly verdict: string;
}

/** Where policies of kind `route` sent requests in a window, or would have. Most frequent first. */
export function decisionsByRoute(sql: Sql, window: Window): Promise<DecisionsByRoute[]> {
  return guarded(sql, async () => {
    const sums = sql.unsafe(await decisionSums(sql, window));
    const rows = await sql<(Omit<DecisionsByRoute, "destination"> & { host: string; service: string })[]>`
      SELECT d.namespace, d.policy, d.verdict, s.namespace AS host, s.name AS service, ${countColumns(sql)}
      FROM (${sums}) AS counted JOIN decision_series d ON d.id = series_id
        JOIN telemetry_service s ON s.id = d.destination_id
      WHERE d.kind = 'route'
      GROUP BY 1, 2, 3, 4, 5 ORDER BY sum(evaluated) DESC, 1, 2, 3, 4, 5`;
    return rows.map(({ host, service, ...route }) => ({
      ...route,
      destination: { namespace: host, service },
    }));
  });
}
