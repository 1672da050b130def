import type { ConfigDatabase, Transaction } from "./config-database.ts";
import type { Convergence, HeardAcknowledgement } from "./config-store.ts";

// Kept in a table and not in a controller's memory: a sidecar may answer another controller than the one that holds its
// stream, and how long a change took is asked for after they were restarted, too. All times are the database's. Rows of
// changes are locked in the order of their keys, after those of sidecars; see leases.ts.

/**
 * The snapshot that was sent to these sidecars, and the config revision that brought it about. A sidecar that ran an earlier
 * revision is waited for from now on; one that just came is not: it got what was there. Nor is one that is gone by now.
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
        SELECT s.proxy_id, s.wanted_revision, s.connected, n.name AS namespace
        FROM sidecar s JOIN workload w ON w.id = s.workload_id JOIN service v ON v.id = w.service_id
          JOIN namespace n ON n.id = v.namespace_id
        WHERE s.proxy_id = ANY(${[...proxyIds]}) AND s.wanted_version IS DISTINCT FROM ${version}
        ORDER BY s.proxy_id FOR UPDATE OF s
      ), wanted AS (
        UPDATE sidecar s SET wanted_version = ${version}, wanted_at = now(),
          wanted_revision = GREATEST(s.wanted_revision, ${revision}::int),
          settled_revision = CASE WHEN s.connected THEN COALESCE(s.settled_revision, ${revision}::int)
            ELSE GREATEST(s.wanted_revision, ${revision}::int) END
        FROM before b WHERE s.proxy_id = b.proxy_id
      ), concerned AS (
        SELECT namespace, count(*)::int AS sidecars FROM before
        WHERE connected AND wanted_revision < ${revision}::int GROUP BY namespace ORDER BY namespace
      ), change AS (
        SELECT max(at) AS at FROM audit_entry
        WHERE config_revision = ${revision}::int AND id > (SELECT max(id) FROM audit_entry) - 1000
      )
      INSERT INTO convergence (config_revision, namespace, changed_at, sidecars)
      SELECT ${revision}::int, namespace, COALESCE((SELECT at FROM change), now()), sidecars FROM concerned
      ON CONFLICT (config_revision, namespace) DO UPDATE SET sidecars = convergence.sidecars + excluded.sidecars`,
  );
}

/**
 * What sidecars said, of each the last; those that took their snapshot in one statement. One is counted for every change
 * that it was waited for, those it skipped included.
 */
export async function recordAcknowledgements(
  database: ConfigDatabase,
  heard: readonly HeardAcknowledgement[],
): Promise<void> {
  const last = [...new Map(heard.map((one) => [one.acknowledgement.proxyId, one])).values()];
  await recordAcceptances(
    database,
    last.filter(({ acknowledgement }) => acknowledgement.error === undefined),
  );
  for (const one of last) if (one.acknowledgement.error !== undefined) await recordRefusal(database, one);
}

async function recordAcceptances(
  database: ConfigDatabase,
  heard: readonly HeardAcknowledgement[],
): Promise<void> {
  if (heard.length === 0) return;
  const proxyIds = heard.map(({ acknowledgement }) => acknowledgement.proxyId);
  const versions = heard.map(({ acknowledgement }) => acknowledgement.version);
  const agesMs = heard.map(({ ageMs = 0 }) => ageMs);
  await database.query(
    (prisma) => prisma.$executeRaw`
      WITH before AS (
        SELECT s.proxy_id, s.settled_revision, s.wanted_revision, h.version, s.wanted_version = h.version AS is_wanted,
          n.name AS namespace, now() - h.age_ms * interval '1 millisecond' AS at
        FROM unnest(${proxyIds}::text[], ${versions}::text[], ${agesMs}::float8[]) AS h (proxy_id, version, age_ms)
          JOIN sidecar s ON s.proxy_id = h.proxy_id JOIN workload w ON w.id = s.workload_id
          JOIN service v ON v.id = w.service_id JOIN namespace n ON n.id = v.namespace_id
        ORDER BY s.proxy_id FOR UPDATE OF s
      ), acked AS (
        UPDATE sidecar s SET acked_version = b.version, acked_at = b.at,
          nacked_version = NULL, nacked_at = NULL, nack_reason = NULL,
          settled_revision = CASE WHEN b.is_wanted THEN b.wanted_revision ELSE b.settled_revision END
        FROM before b WHERE s.proxy_id = b.proxy_id
      ), waiting AS (
        SELECT c.config_revision, c.namespace FROM convergence c
        WHERE c.config_revision > (SELECT min(settled_revision) FROM before WHERE is_wanted)
          AND c.config_revision <= (SELECT max(wanted_revision) FROM before WHERE is_wanted)
          AND EXISTS (
          SELECT 1 FROM before b WHERE b.is_wanted AND c.namespace = b.namespace
            AND c.config_revision > b.settled_revision AND c.config_revision <= b.wanted_revision)
        ORDER BY c.config_revision, c.namespace FOR UPDATE
      ), answered AS (
        SELECT c.config_revision, c.namespace, count(*)::int AS sidecars, max(b.at) AS at
        FROM waiting c JOIN before b ON b.is_wanted AND c.namespace = b.namespace
          AND c.config_revision > b.settled_revision AND c.config_revision <= b.wanted_revision
        GROUP BY c.config_revision, c.namespace
      )
      UPDATE convergence c SET acked = c.acked + a.sidecars, last_acked_at = GREATEST(c.last_acked_at, a.at)
      FROM answered a WHERE (c.config_revision, c.namespace) = (a.config_revision, a.namespace)`,
  );
}

async function recordRefusal(
  database: ConfigDatabase,
  { acknowledgement, ageMs = 0 }: HeardAcknowledgement,
): Promise<void> {
  const { proxyId, version, error } = acknowledgement;
  await database.query(
    (prisma) => prisma.$executeRaw`
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

/** Sidecars that are gone are waited for no more, nor do their refusals count. Their rows are locked already. */
export async function recordDeparture(transaction: Transaction, proxyIds: readonly string[]): Promise<void> {
  await transaction.$executeRaw`
    WITH gone AS (
      SELECT s.proxy_id, s.settled_revision, s.wanted_revision, n.name AS namespace,
        s.nacked_version IS NOT DISTINCT FROM s.wanted_version AS refused
      FROM sidecar s JOIN workload w ON w.id = s.workload_id JOIN service v ON v.id = w.service_id
        JOIN namespace n ON n.id = v.namespace_id
      WHERE s.proxy_id = ANY(${[...proxyIds]}) AND s.connected AND s.settled_revision < s.wanted_revision
    ), settled AS (
      UPDATE sidecar s SET settled_revision = g.wanted_revision FROM gone g WHERE s.proxy_id = g.proxy_id
    ), waiting AS (
      SELECT c.config_revision, c.namespace FROM convergence c
      WHERE c.config_revision > (SELECT min(settled_revision) FROM gone)
        AND c.config_revision <= (SELECT max(wanted_revision) FROM gone)
        AND EXISTS (
        SELECT 1 FROM gone g WHERE g.namespace = c.namespace
          AND c.config_revision > g.settled_revision AND c.config_revision <= g.wanted_revision)
      ORDER BY c.config_revision, c.namespace FOR UPDATE
    ), fewer AS (
      SELECT w.config_revision, w.namespace, count(*)::int AS sidecars,
        count(*) FILTER (WHERE g.refused AND g.wanted_revision = w.config_revision)::int AS refused
      FROM waiting w JOIN gone g ON g.namespace = w.namespace
        AND w.config_revision > g.settled_revision AND w.config_revision <= g.wanted_revision
      GROUP BY w.config_revision, w.namespace
    )
    UPDATE convergence c SET sidecars = GREATEST(c.acked, c.sidecars - f.sidecars),
      refused = GREATEST(0, c.refused - f.refused)
    FROM fewer f WHERE (c.config_revision, c.namespace) = (f.config_revision, f.namespace)`;
}

/** How many of the oldest changes are looked at each time, so that the whole table never is. */
const oldestAtOnce = 500;

/** Forgets changes of more than a week ago, and all but the last five thousand. What is oldest has the lowest revision. */
export async function forgetOldChanges(transaction: Transaction): Promise<void> {
  await transaction.$executeRaw`
    DELETE FROM convergence c
    USING (SELECT config_revision, namespace FROM convergence
      ORDER BY config_revision, namespace LIMIT ${oldestAtOnce}) oldest
    WHERE (c.config_revision, c.namespace) = (oldest.config_revision, oldest.namespace)
      AND (c.changed_at < now() - interval '7 days' OR c.config_revision <= (SELECT revision FROM mesh) - 5000)`;
}

/** Of one change, in every namespace whose sidecars were waited for; empty where nobody was, and of long ago. */
export function convergenceOf(database: ConfigDatabase, configRevision: number): Promise<Convergence[]> {
  return database.query((prisma) => prisma.convergence.findMany({ where: { configRevision } }));
}

/** Of the last changes that sidecars were waited for, the newest first; not of those whose sidecars are all gone. */
export function listConvergence(database: ConfigDatabase, limit: number): Promise<Convergence[]> {
  return database.query(
    (prisma) => prisma.$queryRaw<Convergence[]>`
      SELECT config_revision AS "configRevision", namespace, changed_at AS "changedAt", sidecars, acked, refused,
        last_acked_at AS "lastAckedAt"
      FROM convergence WHERE sidecars > 0 ORDER BY config_revision DESC, namespace LIMIT ${limit}`,
  );
}
