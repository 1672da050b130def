import type { RevisedPolicy, Window } from "@weir/domain";
import { guarded, type Sql } from "../connection/open-sql.ts";
import { slotMs } from "../telemetry/time.ts";

interface Row {
  readonly namespace: string;
  readonly name: string;
  readonly savedMs: number | null;
  readonly enforcedMs: number | null;
}

/**
 * From which slot of a window on all that a policy's present revision observed was counted: it was saved by then, and was not
 * enforced after. The window's end where it was enforced up to then.
 */
export function observedSince(
  sql: Sql,
  policies: readonly RevisedPolicy[],
  { fromMs, toMs }: Window,
): Promise<(policy: RevisedPolicy) => number> {
  if (policies.length === 0) return Promise.resolve(() => fromMs);
  return guarded(sql, async () => {
    const rows = await sql<Row[]>`
      SELECT wanted.namespace, wanted.name,
        (SELECT extract(epoch FROM r.created_at)::float8 * 1000 FROM policy p
          JOIN policy_revision r ON r.policy_id = p.id AND r.revision = wanted.revision
          WHERE p.namespace = wanted.namespace AND p.name = wanted.name) AS "savedMs",
        (SELECT max(c.slot_ms)::float8 FROM decision_series d JOIN decision_10s c ON c.series_id = d.id
          WHERE d.namespace = wanted.namespace AND d.policy = wanted.name AND d.revision = wanted.revision
            AND d.mode = 'enforce' AND c.slot_ms >= ${fromMs} AND c.slot_ms < ${toMs}) AS "enforcedMs"
      FROM unnest(${policies.map(({ namespace }) => namespace)}::text[], ${policies.map(({ name }) => name)}::text[],
        ${policies.map(({ revision }) => revision)}::int[]) AS wanted (namespace, name, revision)`;
    const since = new Map(
      rows.map(({ namespace, name, savedMs, enforcedMs }) => {
        const savedBy = Math.ceil((savedMs ?? fromMs) / slotMs) * slotMs;
        const observesFrom = enforcedMs === null ? fromMs : enforcedMs + slotMs;
        return [`${namespace}/${name}`, Math.min(toMs, Math.max(fromMs, savedBy, observesFrom))];
      }),
    );
    return ({ namespace, name }) => since.get(`${namespace}/${name}`) ?? fromMs;
  });
}
