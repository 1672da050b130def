import type { Window } from "@weir/domain";
import { guarded, type Sql } from "../connection/open-sql.ts";
import type { DecisionCounts, ServiceName } from "./answers.ts";

export interface DecisionsOfSlot extends DecisionCounts {
  /** Start of the slot of ten seconds. */
  readonly atMs: number;
  readonly namespace: string;
  readonly policy: string;
  readonly revision: number;
  readonly mode: string;
  readonly verdict: string;
  readonly source: ServiceName;
}

type Row = Omit<DecisionsOfSlot, "source"> & { readonly from: string; readonly by: string };

/** What these policies decided, slot by slot, about each caller; of a window whose slots of ten seconds are still kept. */
export function decisionsBySlot(
  sql: Sql,
  policies: readonly { readonly namespace: string; readonly name: string }[],
  { fromMs, toMs }: Window,
): Promise<DecisionsOfSlot[]> {
  return guarded(sql, async () => {
    const rows = await sql<Row[]>`
      SELECT c.slot_ms::float8 AS "atMs", d.namespace, d.policy, d.revision, d.mode, d.verdict,
        s.namespace AS "from", s.name AS by, sum(c.evaluated)::float8 AS evaluated,
        sum(c.would_act)::float8 AS "wouldAct", sum(c.acted)::float8 AS acted
      FROM unnest(${policies.map(({ namespace }) => namespace)}::text[], ${policies.map(({ name }) => name)}::text[])
          AS wanted (namespace, policy)
        JOIN decision_series d ON d.namespace = wanted.namespace AND d.policy = wanted.policy
        JOIN decision_10s c ON c.series_id = d.id AND c.slot_ms >= ${fromMs} AND c.slot_ms < ${toMs}
        JOIN telemetry_service s ON s.id = d.source_id
      GROUP BY 1, 2, 3, 4, 5, 6, 7, 8 ORDER BY 1, 2, 3, 4, 5, 6, 7, 8`;
    return rows.map(({ from, by, ...row }) => ({ ...row, source: { namespace: from, service: by } }));
  });
}
