import type { ConfigDatabase } from "./config-database.ts";
import type { AuditEntry } from "./config-store.ts";

export function listAudit(
  database: ConfigDatabase,
  { limit, before }: { readonly limit: number; readonly before?: number | undefined },
): Promise<AuditEntry[]> {
  return database.query(async (prisma) => {
    const rows = await prisma.auditEntry.findMany({
      ...(before === undefined ? {} : { where: { id: { lt: before } } }),
      orderBy: { id: "desc" },
      take: limit,
    });
    return rows.map((row) => ({
      ...row,
      reason: row.reason ?? undefined,
      before: row.before ?? undefined,
      after: row.after ?? undefined,
    }));
  });
}
