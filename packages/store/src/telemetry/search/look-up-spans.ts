import type { Sql } from "postgres";
import { hourNs } from "../time.ts";
import type { Slice } from "./slice.ts";
import type { SpanCondition } from "./span-condition.ts";
import { type Fragment, isOneOf, mostLookedUp, spanMatches } from "./span-matches.ts";
import { startsIn, sweepSpans, tracesOfSpans } from "./sweep-spans.ts";
import { hoursOf, type TraceFilter } from "./trace-matches.ts";

/** What of a condition spans are looked up by, instead of reading them all. */
export type LookUp =
  /** Their service or operation. */
  | { readonly by: "names" }
  /** Spans that have what is asked for in their set, or some of it among their own attributes, which have these hashes. */
  | { readonly by: "attributes"; readonly setIds: readonly number[]; readonly hashes: readonly number[] };

/** Undefined: the condition has nothing that few spans have, as far as indexes know; so there is nothing but to read. */
export function lookUpOf({ serviceIds, operationIds, attributes }: SpanCondition): LookUp | undefined {
  const hashed = attributes.flatMap(({ setIds, hashes }) =>
    hashes ? [{ setIds: new Set(setIds), hashes }] : [],
  );
  if (hashed.length > 0) {
    const setIds = hashed.map((attribute) => attribute.setIds).reduce((all, own) => all.intersection(own));
    if (setIds.size <= mostLookedUp)
      return { by: "attributes", setIds: [...setIds], hashes: hashed.flatMap(({ hashes }) => hashes) };
  }
  const names = operationIds ?? serviceIds;
  return names && names.length <= mostLookedUp ? { by: "names" } : undefined;
}

/** As `sweepSpans`, for what few spans fulfil: takes what the indexes tell. The slice begins where an hour does. */
export function lookUpSpans(
  sql: Sql,
  filter: TraceFilter,
  condition: SpanCondition,
  lookUp: LookUp,
  slice: Slice,
  limit: number,
): Fragment {
  if (lookUp.by === "names") return sweepSpans(sql, filter, condition, slice, limit);
  const { setIds, hashes } = lookUp;
  const matches = spanMatches(sql, condition);
  // Trace by trace, which `OFFSET 0` insists on: how few they are the planner cannot guess.
  const own = sql`
    SELECT found.trace_id, found.start_ns FROM (${tracesOfHashes(sql, hashes, slice)}) AS known
      CROSS JOIN LATERAL (
        SELECT s.trace_id, s.start_ns FROM span s
        WHERE s.trace_id = known.trace_id AND ${startsIn(sql, slice)}
          AND s.start_ns >= known.hour_ns AND s.start_ns < known.hour_ns + ${String(hourNs)}::bigint
          ${matches} OFFSET 0
      ) AS found`;
  if (setIds.length === 0) return tracesOfSpans(sql, filter, own, slice, limit);
  const shared = sql`
    SELECT s.trace_id, s.start_ns FROM span s
    WHERE ${startsIn(sql, slice)} AND ${isOneOf(sql, sql`s.attribute_set_id`, setIds)} ${matches}`;
  return tracesOfSpans(sql, filter, sql`${shared} UNION ALL ${own}`, slice, limit);
}

/**
 * Traces of spans that have one of the hashes among their own attributes, hour by hour. `width_bucket` halves its way to a
 * hash in the ascending ones; what it says of the integer below is where equal ones begin. They are joined with nothing
 * so that they are fetched from beside the table once, not once a call.
 */
function tracesOfHashes(sql: Sql, hashes: readonly number[], slice: Slice): Fragment {
  return sql`
    SELECT DISTINCT v.hour_ns, v.traces[owner] AS trace_id
    FROM (
      SELECT hour_ns, hashes || '{}'::int[] AS hashes, owners, traces FROM span_value
      WHERE ${hoursOf(sql, sql`hour_ns`, slice)} OFFSET 0
    ) AS v CROSS JOIN LATERAL (
        SELECT width_bucket(hash - 1, v.hashes) AS below, width_bucket(hash, v.hashes) AS up_to
        FROM unnest(${[...hashes]}::int[]) AS wanted (hash) OFFSET 0
      ) AS place
      CROSS JOIN LATERAL unnest(v.owners[place.below + 1 : place.up_to]) AS owner`;
}
