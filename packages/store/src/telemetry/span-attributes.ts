import type { PendingQuery, Row, Sql } from "postgres";

/** All attributes of a row of `span`, of which `a` is the set, joined by {@link joinAttributeSet}; no key is in both. */
export function allAttributes(sql: Sql): PendingQuery<Row[]> {
  return sql`coalesce(a.attributes, '{}') || coalesce(span.attributes, '{}')`;
}

export function joinAttributeSet(sql: Sql): PendingQuery<Row[]> {
  return sql`LEFT JOIN telemetry_attribute_set a ON a.id = span.attribute_set_id`;
}
