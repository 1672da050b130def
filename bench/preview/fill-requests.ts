import type { Sql } from "@weir/store";

/**
 * Requests of eight callers to payments, spread evenly over the hour before `untilMs`: a dozen routes, half of whose requests
 * have ids in their paths, of which there are five thousand; one in a hundred fails, one in fifty is slow.
 */
export async function fillRequests(sql: Sql, requests: number, untilMs: number): Promise<void> {
  const hourNs = 3_600_000_000_000n;
  const fromNs = BigInt(untilMs) * 1_000_000n - hourNs;
  await sql`
    INSERT INTO telemetry_service (namespace, name, version)
    SELECT 'shop', 'caller-' || i, 'v1' FROM generate_series(0, 7) AS i UNION ALL SELECT 'shop', 'payments', 'v1'`;
  await sql`
    INSERT INTO access_log (time_ns, reporter, source_id, destination_id, protocol, method, path, host, status, flag,
      duration_ns, upstream_ns, request_bytes, response_bytes, decisions)
    SELECT ${String(fromNs)}::bigint + i * (${String(hourNs)}::bigint / ${requests}), 0, s.id, t.id, 'http',
      CASE WHEN i % 3 = 0 THEN 'POST' ELSE 'GET' END,
      CASE WHEN i % 2 = 0 THEN '/charges/' || (i * 7919) % 5000 ELSE '/route-' || (i / 2) % 12 END,
      'payments', CASE WHEN i % 100 = 0 THEN 503 ELSE 200 END, '',
      CASE WHEN i % 50 = 0 THEN 900000000 ELSE 5000000 + i % 40000000 END, 4000000, 100, 1000, '[]'
    FROM generate_series(0, ${requests - 1}::bigint) AS i
      JOIN telemetry_service s ON s.name = 'caller-' || i % 8 JOIN telemetry_service t ON t.name = 'payments'`;
  await sql`ANALYZE access_log`;
}
