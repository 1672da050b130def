import type { Window } from "@weir/domain";
import { guarded, type Sql } from "../connection/open-sql.ts";
import type { DecisionCounts, PolicyDecisions, ServiceName } from "./answers.ts";
import { byFrequency, countColumns, decisionSums } from "./decision-sums.ts";

interface Row extends DecisionCounts {
  readonly verdict: string;
  readonly mode: string;
  readonly revision: number;
  readonly namespace: string;
  readonly service: string;
}

/** What a policy said in a window, by verdict (and the mode and revision it had) and by who was calling. */
export function decisionsOfPolicy(
  sql: Sql,
  policy: { readonly namespace: string; readonly name: string },
  window: Window,
): Promise<PolicyDecisions> {
  return guarded(sql, async () => {
    const sums = sql.unsafe(await decisionSums(sql, window));
    const rows = await sql<Row[]>`
      SELECT d.verdict, d.mode, d.revision, s.namespace, s.name AS service, ${countColumns(sql)}
      FROM (${sums}) AS counted JOIN decision_series d ON d.id = series_id
        JOIN telemetry_service s ON s.id = d.source_id
      WHERE d.namespace = ${policy.namespace} AND d.policy = ${policy.name}
      GROUP BY 1, 2, 3, 4, 5`;
    const verdicts = Map.groupBy(rows, (row) => `${row.revision} ${row.mode} ${row.verdict}`);
    const sources = Map.groupBy(rows, (row) => `${row.namespace}/${row.service}`);
    return {
      verdicts: [...verdicts.values()]
        .map((own) => ({ ...pick(own[0], ["verdict", "mode", "revision"]), ...sumOf(own) }))
        .sort(byFrequency),
      sources: [...sources.values()]
        .map((own) => ({ ...(pick(own[0], ["namespace", "service"]) satisfies ServiceName), ...sumOf(own) }))
        .sort(byFrequency),
    };
  });
}

function pick<T extends Row, K extends keyof T>(row: T | undefined, names: readonly K[]): Pick<T, K> {
  return Object.fromEntries(names.map((name) => [name, row?.[name]])) as Pick<T, K>;
}

function sumOf(rows: readonly DecisionCounts[]): DecisionCounts {
  const sum = (name: keyof DecisionCounts) => rows.reduce((total, row) => total + row[name], 0);
  return { evaluated: sum("evaluated"), wouldAct: sum("wouldAct"), acted: sum("acted") };
}
