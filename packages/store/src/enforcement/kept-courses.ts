import { guarded, type Sql } from "../connection/open-sql.ts";
import { storedJson } from "../rollouts/stored-json.ts";
import { courseEnd, unguardedMs } from "./course-window.ts";
import { type EnforcementCourse, enforcementCourse } from "./enforcement-course.ts";
import type { StoredEnforcement } from "./enforcement-store.ts";
import { type PackedCourse, packCourse, unpackCourse } from "./packed-course.ts";

export interface KeptCourse {
  readonly course: EnforcementCourse;
  /** What came after the end is in it: nothing changes any more. */
  readonly isFinal: boolean;
}

/** What was counted of an interval has come by then. */
const arrivalMs = 30_000;
/** Telemetry that was held up longer than this after the end is waited for no more. */
const mostWaitMs = 3_600_000;

/** Of an enforcement as it stands now: what was kept for good, else what its counts tell, unless more was kept of them. */
export async function presentCourse(sql: Sql, stored: StoredEnforcement, nowMs: number): Promise<KeptCourse> {
  const kept = await keptCourse(sql, stored.id);
  if (kept?.isFinal) return kept;
  const counted = await enforcementCourse(sql, stored, nowMs);
  const course = kept && countedIn(kept.course) > countedIn(counted) ? kept.course : counted;
  return { course, isFinal: isWhole(counted, nowMs) };
}

/** Keeps its course as it stands now, for good once there is no more to come; one that was kept for good stays as it is. */
export async function keepCourse(sql: Sql, stored: StoredEnforcement, nowMs: number): Promise<void> {
  const { course, isFinal } = await presentCourse(sql, stored, nowMs);
  await guarded(
    sql,
    () => sql`
      INSERT INTO enforcement_course AS kept (enforcement_id, course, is_final, kept_at)
      VALUES (${stored.id}, ${storedJson(packCourse(course))}::text::jsonb, ${isFinal}, ${new Date(nowMs)})
      ON CONFLICT (enforcement_id) DO UPDATE
        SET course = EXCLUDED.course, is_final = EXCLUDED.is_final, kept_at = EXCLUDED.kept_at
        WHERE NOT kept.is_final`,
  );
}

/** Undefined: nothing was kept of it. */
function keptCourse(sql: Sql, enforcementId: number): Promise<KeptCourse | undefined> {
  return guarded(sql, async () => {
    const [row] = await sql<{ course: PackedCourse; isFinal: boolean }[]>`
      SELECT course, is_final AS "isFinal" FROM enforcement_course WHERE enforcement_id = ${enforcementId}`;
    return row && { course: unpackCourse(row.course), isFinal: row.isFinal };
  });
}

/** That were counted: never fewer of the same enforcement, but where counts are kept no longer. */
function countedIn({ acts }: EnforcementCourse): number {
  return acts
    .flatMap(({ steps }) => steps)
    .reduce(
      (sum, { observed, enforced, wouldAct, acted }) => sum + observed + enforced + wouldAct + acted,
      0,
    );
}

function isWhole({ switchedAtMs, endedAtMs, heardUntilMs, toMs }: EnforcementCourse, nowMs: number): boolean {
  if (endedAtMs === undefined) return false;
  const endMs = courseEnd({ switchedMs: switchedAtMs, endedMs: endedAtMs });
  if (nowMs < endMs + arrivalMs) return false;
  return (heardUntilMs !== undefined && heardUntilMs >= toMs) || nowMs >= endMs + mostWaitMs;
}

/** Where telemetry is held up, each is drawn anew until it comes: no sooner than so long after the last time. */
const redrawMs = 60_000;
/** What is longer over has no counts any more that a course could be made of. */
const longestAgo = "30 days";

/**
 * Enforcements whose watch is over and whose course is to be kept: at once as it is at their end, and once more with what came after,
 * or every minute until it has come. The newest first.
 */
export function coursesToKeep(sql: Sql, nowMs: number, limit: number): Promise<number[]> {
  return guarded(sql, async () => {
    const now = new Date(nowMs);
    const rows = await sql<{ id: number; switchedMs: number; endedMs: number; keptMs: number | null }[]>`
      SELECT e.id, (extract(epoch FROM e.created_at) * 1000)::float8 AS "switchedMs",
        (extract(epoch FROM e.over_at) * 1000)::float8 AS "endedMs",
        (extract(epoch FROM k.kept_at) * 1000)::float8 AS "keptMs"
      FROM (
        SELECT *, CASE phase WHEN 'watching' THEN NULL
          WHEN 'unguarded' THEN created_at + ${unguardedMs} * interval '1 ms' ELSE ended_at END AS over_at
        FROM enforcement
      ) e LEFT JOIN enforcement_course k ON k.enforcement_id = e.id
      WHERE k.is_final IS NOT TRUE AND e.over_at <= ${now}
        AND e.over_at > ${now}::timestamptz - ${longestAgo}::interval
      ORDER BY e.id DESC`;
    return rows
      .filter(
        ({ keptMs, ...own }) =>
          keptMs === null || (nowMs >= courseEnd(own) + arrivalMs && Math.abs(nowMs - keptMs) >= redrawMs),
      )
      .slice(0, limit)
      .map(({ id }) => id);
  });
}
