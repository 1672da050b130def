import type { ConfigDatabase, Transaction } from "./config-database.ts";
import type { AuditEntry, ChangesQuery, MeshChange, VersionSeen } from "./config-store.ts";

/**
 * Changes of a window, the newest first. That a service was discovered is not told of by the audit's entry but by its
 * first version, which is the same event.
 */
export function listChanges(database: ConfigDatabase, query: ChangesQuery): Promise<MeshChange[]> {
  return database.query(async (prisma) => {
    const [entries, versions] = [await auditEntries(prisma, query), await versionsSeen(prisma, query)];
    const changes = [
      ...entries.map((entry) => ({ kind: "audit", entry }) as const),
      ...versions.map((seen) => ({ kind: "version", seen }) as const),
    ];
    return changes.sort((a, b) => momentOf(b) - momentOf(a)).slice(0, query.limit);
  });
}

function momentOf(change: MeshChange): number {
  return (change.kind === "audit" ? change.entry.at : change.seen.at).getTime();
}

type AuditRow = { [key in keyof AuditEntry]: AuditEntry[key] | null } & Pick<AuditEntry, "id" | "at">;

async function auditEntries(
  prisma: Transaction,
  { fromMs, toMs, service, limit }: ChangesQuery,
): Promise<AuditEntry[]> {
  const namespace = service?.namespace ?? null;
  const name = service?.name ?? null;
  // A policy that is pointed elsewhere concerns both services, the one it left and the one it came to.
  const rows = await prisma.$queryRaw<AuditRow[]>`
    SELECT id, at, config_revision AS "configRevision", author, reason, action, subject, before, after
    FROM audit_entry
    WHERE at >= ${new Date(fromMs)} AND at < ${new Date(toMs)} AND action <> 'service.discovered'
      AND (${name}::text IS NULL
        OR subject IN ('mesh', 'namespace/' || ${namespace}::text, 'service/' || ${namespace}::text || '/' || ${name}::text,
          'rollout/' || ${namespace}::text || '/' || ${name}::text)
        OR starts_with(subject, 'policy/' || ${namespace}::text || '/')
          AND ${name}::text IN (before ->> 'targetRef', after ->> 'targetRef'))
    ORDER BY at DESC, id DESC LIMIT ${limit}`;
  return rows.map((row) => ({
    ...(row as AuditEntry),
    reason: row.reason ?? undefined,
    before: row.before ?? undefined,
    after: row.after ?? undefined,
  }));
}

interface VersionRow extends Omit<VersionSeen, "service"> {
  readonly namespace: string;
  readonly name: string;
}

/** A version that a sidecar and telemetry tell of is seen when the first of the two does. */
async function versionsSeen(
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
