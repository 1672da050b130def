import { guarded, type Sql } from "../connection/open-sql.ts";
import type { IngestHealth } from "./answers.ts";
import { newestSlotEnd } from "./newest-slot-end.ts";

/** Whether telemetry flows, by the database's clock. Counts rows, so it is not for views that many look at. */
export function ingestHealth(sql: Sql): Promise<IngestHealth> {
  return guarded(sql, async () => {
    const [newestSlotEndMs, [row]] = await Promise.all([
      newestSlotEnd(sql),
      sql<{ requests: number; spans: number; accessLogs: number }[]>`
        WITH minute AS (SELECT ((extract(epoch FROM now()) - 60) * 1000000)::bigint * 1000 AS from_ns,
          (extract(epoch FROM now()) * 1000000)::bigint * 1000 AS to_ns)
        SELECT (SELECT count(*)::int FROM ingest_request WHERE received_at > now() - interval '1 minute') AS requests,
          (SELECT count(*)::int FROM span WHERE start_ns BETWEEN (SELECT from_ns FROM minute)
            AND (SELECT to_ns FROM minute)) AS spans,
          (SELECT count(*)::int FROM access_log WHERE time_ns BETWEEN (SELECT from_ns FROM minute)
            AND (SELECT to_ns FROM minute)) AS "accessLogs"`,
    ]);
    return {
      newestSlotEndMs,
      requestsLastMinute: row?.requests ?? 0,
      spansLastMinute: row?.spans ?? 0,
      accessLogsLastMinute: row?.accessLogs ?? 0,
    };
  });
}
