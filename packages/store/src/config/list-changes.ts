import type { ConfigDatabase, Transaction } from "./config-database.ts";
import type { AuditEntry, ChangesQuery, MeshChange } from "./config-store.ts";
import { versionsSeen } from "./versions-seen.ts";

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
