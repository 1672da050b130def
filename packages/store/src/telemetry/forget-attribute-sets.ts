import type { Sql } from "../connection/open-sql.ts";

/**
 * Deletes the sets that no kept span can have: nobody has sent one since the hour before `oldestHour` (since 1970), the
 * first that spans are kept of. Spans among the outliers keep theirs, whatever time they claim. A collector that has
 * such a set in its memory asks for it again before it uses it: it remembers the hour it last did.
 */
export async function forgetAttributeSets(sql: Sql, oldestHour: number): Promise<void> {
  await sql`
    DELETE FROM telemetry_attribute_set s
    WHERE last_hour < ${oldestHour - 1} AND NOT EXISTS (SELECT FROM span_default WHERE attribute_set_id = s.id)`;
}
