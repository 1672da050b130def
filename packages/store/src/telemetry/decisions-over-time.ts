import type { Window } from "@weir/domain";
import { guarded, type Sql } from "../connection/open-sql.ts";
import type { DecisionCounts, ServiceName } from "./answers.ts";
import { decisionsKeptFrom } from "./decision-sums.ts";

/** What one policy decided about one caller's requests in one interval. */
export interface DecisionsOfStep extends DecisionCounts {
  /** Index of the interval, from 0. */
  readonly step: number;
  readonly namespace: string;
  readonly policy: string;
  readonly mode: string;
  readonly source: ServiceName;
}

interface DecisionsOverTime {
  readonly decisions: readonly DecisionsOfStep[];
  /** What was decided before is kept no longer, in slots of ten seconds. */
  readonly keptFromMs: number;
}

type Row = Omit<DecisionsOfStep, "source"> & { readonly from: string; readonly by: string };

/**
 * What these policies decided in a window cut into intervals, which are whole slots of ten seconds; intervals whose slots are
 * kept no longer have none, and are told from those without a request by `keptFromMs`. A policy that is named twice counts once.
 */
export function decisionsOverTime(
  sql: Sql,
  policies: readonly { readonly namespace: string; readonly name: string }[],
  { fromMs, toMs, stepMs }: Window & { readonly stepMs: number },
): Promise<DecisionsOverTime> {
  return guarded(sql, async () => {
    const rows = await sql<Row[]>`
      SELECT ((c.slot_ms - ${fromMs}) / ${stepMs})::int AS step, d.namespace, d.policy, d.mode,
        s.namespace AS "from", s.name AS by, sum(c.evaluated)::float8 AS evaluated,
        sum(c.would_act)::float8 AS "wouldAct", sum(c.acted)::float8 AS acted
      FROM (SELECT DISTINCT * FROM unnest(${policies.map(({ namespace }) => namespace)}::text[],
          ${policies.map(({ name }) => name)}::text[])) AS wanted (namespace, policy)
        JOIN decision_series d ON d.namespace = wanted.namespace AND d.policy = wanted.policy
        JOIN decision_10s c ON c.series_id = d.id AND c.slot_ms >= ${fromMs} AND c.slot_ms < ${toMs}
        JOIN telemetry_service s ON s.id = d.source_id
      GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 3, 4, 5, 6`;
    return {
      decisions: rows.map(({ from, by, ...row }) => ({ ...row, source: { namespace: from, service: by } })),
      keptFromMs: await decisionsKeptFrom(sql), // read last: what went meanwhile is not called kept
    };
  });
}
