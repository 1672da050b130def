import type { RevisedPolicy, Window } from "@weir/domain";
import { guarded, type Sql } from "../connection/open-sql.ts";
import { hourMs, slotMs } from "../telemetry/time.ts";

interface Row {
  readonly namespace: string;
  readonly name: string;
  readonly savedMs: number | null;
  /** The newest slot of ten seconds, and the newest hour that is over by the window's end. */
  readonly enforcedMs: number | null;
  readonly enforcedHourMs: number | null;
}

/**
 * From which slot of a window on all that a policy's present revision observed was counted: it was saved by then, and was not
 * enforced after. The window's end where it was enforced up to then. Of what is too old for slots of ten seconds whole hours
 * count as enforced.
 */
export function observedSince(
  sql: Sql,
  policies: readonly RevisedPolicy[],
  { fromMs, toMs }: Window,
): Promise<(policy: RevisedPolicy) => number> {
  if (policies.length === 0) return Promise.resolve(() => fromMs);
  const firstMs = Math.floor(fromMs / hourMs) * hourMs;
  const newestEnforced = (table: string, untilMs: number) => sql`
    (SELECT max(c.slot_ms)::float8 FROM decision_series d JOIN ${sql(table)} c ON c.series_id = d.id
      WHERE d.namespace = wanted.namespace AND d.policy = wanted.name AND d.revision = wanted.revision
        AND d.mode = 'enforce' AND c.slot_ms >= ${firstMs} AND c.slot_ms < ${untilMs})`;
  return guarded(sql, async () => {
    const rows = await sql<Row[]>`
      SELECT wanted.namespace, wanted.name,
        (SELECT extract(epoch FROM r.created_at)::float8 * 1000 FROM policy p
          JOIN policy_revision r ON r.policy_id = p.id AND r.revision = wanted.revision
          WHERE p.namespace = wanted.namespace AND p.name = wanted.name) AS "savedMs",
        ${newestEnforced("decision_10s", toMs)} AS "enforcedMs",
        ${newestEnforced("decision_1h", toMs - hourMs + 1)} AS "enforcedHourMs"
      FROM unnest(${policies.map(({ namespace }) => namespace)}::text[], ${policies.map(({ name }) => name)}::text[],
        ${policies.map(({ revision }) => revision)}::int[]) AS wanted (namespace, name, revision)`;
    const since = new Map(
      rows.map(({ namespace, name, savedMs, ...enforced }) => {
        const savedBy = Math.ceil((savedMs ?? fromMs) / slotMs) * slotMs;
        return [`${namespace}/${name}`, Math.min(toMs, Math.max(fromMs, savedBy, enforcedUntil(enforced)))];
      }),
    );
    return ({ namespace, name }) => since.get(`${namespace}/${name}`) ?? fromMs;
  });
}

/** Every commit adds to both, so an hour without a slot of ten seconds is of before these are kept. */
function enforcedUntil({ enforcedMs, enforcedHourMs }: Pick<Row, "enforcedMs" | "enforcedHourMs">): number {
  const slot = enforcedMs ?? Number.NEGATIVE_INFINITY;
  const hour = enforcedHourMs ?? Number.NEGATIVE_INFINITY;
  return slot >= hour ? slot + slotMs : hour + hourMs;
}
