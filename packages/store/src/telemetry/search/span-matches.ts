import type { PendingQuery, Row, Sql } from "postgres";
import { hourNs } from "../time.ts";
import type { AttributeCondition, SpanCondition, TextCondition } from "./span-condition.ts";

export type Fragment = PendingQuery<Row[]>;

/** What a row `s` of `span` must fulfil, as ` AND …`. */
export function spanMatches(sql: Sql, condition: SpanCondition): Fragment {
  const { serviceIds, operationIds, callerIds, attributes, text } = condition;
  return sql`
    ${serviceIds ? sql`AND ${isOneOf(sql, sql`s.service_id`, serviceIds)}` : sql``}
    ${operationIds ? sql`AND ${isOneOf(sql, sql`s.operation_id`, operationIds)}` : sql``}
    ${attributes.length > 0 ? attributes.map((attribute) => attributeMatches(sql, attribute)) : sql``}
    ${callerIds ? sql`AND ${isCalledBy(sql, callerIds)}` : sql``}
    ${text ? sql`AND ${textMatches(sql, text)}` : sql``}`;
}

/** So many scans of the index are still quicker than reading what they would leave out. */
export const mostLookedUp = 8;

/** In a form that the index serves only where the ids are few: it is gone through once for each. */
export function isOneOf(sql: Sql, column: Fragment, ids: readonly number[]): Fragment {
  return ids.length <= mostLookedUp
    ? sql`${column} = ANY(${intArray(ids)}::int[])`
    : sql`${column} + 0 = ANY(${intArray(ids)}::int[])`;
}

/** An array as Postgres writes it: of some thousand numbers, told one by one, the client makes a lot of work. */
export function intArray(ids: readonly number[]): string {
  return `{${ids.join()}}`;
}

/** A caller's span begins before, by the caller's clock; an hour sooner or later leaves most partitions out. */
function isCalledBy(sql: Sql, callerIds: NonNullable<SpanCondition["callerIds"]>): Fragment {
  if (callerIds === "outside") return sql`s.parent_span_id IS NULL`;
  const hour = sql`${String(hourNs)}::bigint`;
  return sql`EXISTS (
    SELECT 1 FROM span caller
    WHERE caller.trace_id = s.trace_id AND caller.span_id = s.parent_span_id
      AND caller.service_id = ANY(${intArray(callerIds)}::int[])
      AND caller.start_ns BETWEEN s.start_ns - ${hour} AND s.start_ns + ${hour})`;
}

function attributeMatches(sql: Sql, { setIds, objects }: AttributeCondition): Fragment {
  const own = sql`s.attributes @> ANY(${[...objects]}::text[]::jsonb[])`;
  return setIds.length > 0
    ? sql` AND (${isOneOf(sql, sql`s.attribute_set_id`, setIds)} OR ${own})`
    : sql` AND ${own}`;
}

function textMatches(sql: Sql, text: TextCondition): Fragment {
  const { plain, json, operationIds, setIds } = text;
  return sql`(
    ${operationIds.length > 0 ? sql`s.operation_id + 0 = ANY(${intArray(operationIds)}::int[]) OR` : sql``}
    ${setIds.length > 0 ? sql`s.attribute_set_id + 0 = ANY(${intArray(setIds)}::int[]) OR` : sql``}
    (s.attributes::text ILIKE ${json}
      AND EXISTS (SELECT 1 FROM jsonb_each_text(s.attributes) a WHERE a.value ILIKE ${plain}))
    OR s.status_message ILIKE ${plain})`;
}
