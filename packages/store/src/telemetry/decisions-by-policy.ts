import type { Window } from "@weir/domain";
import { guarded, type Sql } from "../connection/open-sql.ts";
import type { DecisionCounts } from "./answers.ts";
import { countColumns, decisionSums } from "./decision-sums.ts";

export interface DecisionsByPolicy extends DecisionCounts {
  readonly namespace: string;
  readonly policy: string;
  readonly kind: string;
}

/** What every policy decided in a window, in all of its revisions. Most frequent first. */
export function decisionsByPolicy(sql: Sql, window: Window): Promise<DecisionsByPolicy[]> {
  return guarded(sql, async () => {
    const sums = sql.unsafe(await decisionSums(sql, window));
    return sql<DecisionsByPolicy[]>`
      SELECT d.namespace, d.policy, d.kind, ${countColumns(sql)}
      FROM (${sums}) AS counted JOIN decision_series d ON d.id = series_id
      GROUP BY 1, 2, 3 ORDER BY sum(evaluated) DESC, 1, 2, 3`;
  });
}
