import { guarded, type Sql } from "../connection/open-sql.ts";
import type { IngestHealth } from "./answers.ts";
import { slotMs } from "./time.ts";

/** Whether telemetry flows, by the database's clock. */
export function ingestHealth(sql: Sql): Promise<IngestHealth> {
  return guarded(sql, async () => {
    const [row] = await sql<{ newest: number | null; requests: number; spans: number; accessLogs: number }[]>`
      WITH minute AS (SELECT ((extract(epoch FROM now()) - 60) * 1000000)::bigint * 1000 AS start_ns)
      SELECT GREATEST((SELECT max(slot_ms) FROM edge_10s), (SELECT max(last_slot_ms) FROM edge_delta))::float8 AS newest,
        (SELECT count(*)::int FROM ingest_request WHERE received_at > now() - interval '1 minute') AS requests,
        (SELECT count(*)::int FROM span WHERE start_ns >= (SELECT start_ns FROM minute)) AS spans,
        (SELECT count(*)::int FROM access_log WHERE time_ns >= (SELECT start_ns FROM minute)) AS "accessLogs"`;
    return {
      newestSlotEndMs: row?.newest == null ? undefined : row.newest + slotMs,
      requestsLastMinute: row?.requests ?? 0,
      spansLastMinute: row?.spans ?? 0,
      accessLogsLastMinute: row?.accessLogs ?? 0,
    };
  });
}
