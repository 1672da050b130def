import type { Transaction } from "./config-database.ts";
import type { ChangesQuery, VersionSeen } from "./config-store.ts";

interface VersionRow extends Omit<VersionSeen, "service"> {
  readonly namespace: string;
  readonly name: string;
}

/** The newest first. A version that a sidecar and telemetry tell of is seen when the first of the two does. */
export async function versionsSeen(
  prisma: Transaction,
  { fromMs, toMs, service, limit }: ChangesQuery,
): Promise<VersionSeen[]> {
  const [from, to] = [new Date(fromMs), new Date(toMs)];
  // Not materialized, so that what is asked of them is found by their indexes and not in all rows there are.
  const rows = await prisma.$queryRaw<VersionRow[]>`
    WITH registered AS NOT MATERIALIZED (
      SELECT n.name AS namespace, s.name, w.version, w.first_seen AS at
      FROM workload w JOIN service s ON s.id = w.service_id JOIN namespace n ON n.id = s.namespace_id
    ), told AS NOT MATERIALIZED (
      SELECT namespace, name, version, first_seen AS at FROM telemetry_service
    ), candidate AS (
      SELECT namespace, name, version, at, 'sidecar' AS evidence FROM registered
      WHERE at >= ${from} AND at < ${to}
      UNION ALL
      SELECT namespace, name, version, at, 'telemetry' FROM told
      WHERE at >= ${from} AND at < ${to} AND version <> ''
    )
    SELECT c.at, c.namespace, c.name, c.version, c.evidence,
      NOT EXISTS (SELECT 1 FROM registered r
        WHERE r.namespace = c.namespace AND r.name = c.name AND r.version <> c.version AND r.at < c.at)
      AND NOT EXISTS (SELECT 1 FROM told t
        WHERE t.namespace = c.namespace AND t.name = c.name AND t.version <> c.version
          AND (t.at IS NULL OR t.at < c.at)) AS "isFirst"
    FROM candidate c
    WHERE (${service?.name ?? null}::text IS NULL
        OR c.namespace = ${service?.namespace ?? null}::text AND c.name = ${service?.name ?? null}::text)
      AND NOT EXISTS (SELECT 1 FROM registered r
        WHERE r.namespace = c.namespace AND r.name = c.name AND r.version = c.version
          AND (r.at < c.at OR r.at = c.at AND c.evidence = 'telemetry'))
      AND NOT EXISTS (SELECT 1 FROM told t
        WHERE t.namespace = c.namespace AND t.name = c.name AND t.version = c.version AND (t.at IS NULL OR t.at < c.at))
    ORDER BY c.at DESC LIMIT ${limit}`;
  return rows.map(({ namespace, name, ...row }) => ({ ...row, service: { namespace, name } }));
}
