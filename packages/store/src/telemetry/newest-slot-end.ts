import { guarded, type Sql } from "../connection/open-sql.ts";
import { slotMs } from "./time.ts";

/**
 * Until when requests between services are told of, in milliseconds since 1970; undefined while none are. Cheap: this is how
 * every view knows that its data is stale. What claims to be of the future, by the database's clock, says nothing about that.
 */
export function newestSlotEnd(sql: Sql): Promise<number | undefined> {
  return guarded(sql, async () => {
    const [row] = await sql<{ newest: number | null }[]>`
      WITH clock AS (SELECT (extract(epoch FROM now()) * 1000)::bigint AS now_ms)
      SELECT GREATEST(
        (SELECT max(slot_ms) FROM edge_10s WHERE slot_ms <= (SELECT now_ms FROM clock)),
        (SELECT max(last_slot_ms) FROM edge_delta WHERE last_slot_ms <= (SELECT now_ms FROM clock))
      )::float8 AS newest`;
    return row?.newest == null ? undefined : row.newest + slotMs;
  });
}
