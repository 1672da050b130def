import type { Acknowledgement } from "@weir/domain";
import type { ConfigDatabase } from "./config-database.ts";
import type { Convergence } from "./config-store.ts";

// Kept in a table and not in a controller's memory: a sidecar may answer another controller than the one that holds its
// stream, and how long a change took is asked for after they were restarted, too. All times are the database's.

/**
 * The snapshot that was sent to these sidecars, and the config revision that brought it about. A sidecar that ran an earlier
 * revision is waited for from now on; one that just came is not: it got what was there.
 */
export async function recordWanted(
  database: ConfigDatabase,
  proxyIds: readonly string[],
  version: string,
  revision: number,
): Promise<void> {
  await database.query(
    (prisma) => prisma.$executeRaw`
      WITH before AS (
        SELECT s.proxy_id, s.wanted_revision, n.name AS namespace
        FROM sidecar s JOIN workload w ON w.id = s.workload_id JOIN service v ON v.id = w.service_id
          JOIN namespace n ON n.id = v.namespace_id
        WHERE s.proxy_id = ANY(${[...proxyIds]}) AND s.wanted_version IS DISTINCT FROM ${version}
        ORDER BY s.proxy_id FOR UPDATE OF s
      ), wanted AS (
        UPDATE sidecar s SET wanted_version = ${version}, wanted_at = now(),
          wanted_revision = GREATEST(s.wanted_revision, ${revision}::int),
          settled_revision = COALESCE(s.settled_revision, ${revision}::int)
        FROM before b WHERE s.proxy_id = b.proxy_id
      ), concerned AS (
        SELECT namespace, count(*)::int AS sidecars FROM before WHERE wanted_revision < ${revision}::int GROUP BY namespace
      ), change AS (
        SELECT max(at) AS at FROM audit_entry
        WHERE config_revision = ${revision}::int AND id > (SELECT max(id) FROM audit_entry) - 1000
      )
      INSERT INTO convergence (config_revision, namespace, changed_at, sidecars)
      SELECT ${revision}::int, namespace, COALESCE((SELECT at FROM change), now()), sidecars FROM concerned
      ON CONFLICT (config_revision, namespace) DO UPDATE SET sidecars = convergence.sidecars + excluded.sidecars`,
  );
}

/** What a sidecar said `ageMs` ago. It is counted for every change that it was waited for, those it skipped included. */
export async function recordAcknowledgement(
  database: ConfigDatabase,
  { proxyId, version, error }: Acknowledgement,
  ageMs = 0,
): Promise<void> {
  await database.query((prisma) =>
    error === undefined
      ? prisma.$executeRaw`
          WITH before AS (
            SELECT s.proxy_id, s.settled_revision, s.wanted_revision, s.wanted_version = ${version} AS is_wanted,
              n.name AS namespace, now() - ${ageMs}::float8 * interval '1 millisecond' AS at
            FROM sidecar s JOIN workload w ON w.id = s.workload_id JOIN service v ON v.id = w.service_id
              JOIN namespace n ON n.id = v.namespace_id
            WHERE s.proxy_id = ${proxyId} FOR UPDATE OF s
          ), acked AS (
            UPDATE sidecar s SET acked_version = ${version}, acked_at = b.at,
              nacked_version = NULL, nacked_at = NULL, nack_reason = NULL,
              settled_revision = CASE WHEN b.is_wanted THEN b.wanted_revision ELSE b.settled_revision END
            FROM before b WHERE s.proxy_id = b.proxy_id
          )
          UPDATE convergence c SET acked = c.acked + 1, last_acked_at = GREATEST(c.last_acked_at, b.at)
          FROM before b
          WHERE b.is_wanted AND c.namespace = b.namespace
            AND c.config_revision > b.settled_revision AND c.config_revision <= b.wanted_revision`
      : prisma.$executeRaw`
          WITH before AS (
            SELECT s.proxy_id, s.settled_revision, s.wanted_revision, n.name AS namespace,
              s.wanted_version = ${version} AND s.nacked_version IS DISTINCT FROM ${version} AS is_news
            FROM sidecar s JOIN workload w ON w.id = s.workload_id JOIN service v ON v.id = w.service_id
              JOIN namespace n ON n.id = v.namespace_id
            WHERE s.proxy_id = ${proxyId} FOR UPDATE OF s
          ), refused AS (
            UPDATE sidecar s SET nacked_version = ${version}, nack_reason = ${error},
              nacked_at = now() - ${ageMs}::float8 * interval '1 millisecond'
            FROM before b WHERE s.proxy_id = b.proxy_id
          )
          UPDATE convergence c SET refused = c.refused + 1
          FROM before b
          WHERE b.is_news AND c.namespace = b.namespace
            AND c.config_revision > b.settled_revision AND c.config_revision = b.wanted_revision`,
  );
}

/** Of the last changes that sidecars were waited for, the newest first. */
export function listConvergence(database: ConfigDatabase, limit: number): Promise<Convergence[]> {
  return database.query(
    (prisma) => prisma.$queryRaw<Convergence[]>`
      SELECT config_revision AS "configRevision", namespace, changed_at AS "changedAt", sidecars, acked, refused,
        last_acked_at AS "lastAckedAt"
      FROM convergence ORDER BY config_revision DESC, namespace LIMIT ${limit}`,
  );
}
