import type { ConfigDatabase } from "../config/config-database.ts";
import { type Listing, listing } from "../config/listing.ts";
import type { Enforcement } from "../generated/client.ts";
import type { ServiceName } from "../telemetry/answers.ts";
import type { EnforcementHead, EnforcementsQuery, StoredEnforcement } from "./enforcement-store.ts";
import { enforcementHead, headColumns, storedEnforcement, switchColumns } from "./stored-enforcement.ts";

export function listEnforcements(
  database: ConfigDatabase,
  { phase, at, namespaces, limit, before }: EnforcementsQuery,
): Promise<Listing<StoredEnforcement>> {
  return database.query(async (prisma) => {
    const rows = await prisma.enforcement.findMany({
      where: {
        ...(phase !== undefined && { phase }),
        ...(at && switchColumns(at)),
        ...(namespaces && { OR: [{ scope: "mesh" }, { namespace: { in: [...namespaces] } }] }),
        ...(before !== undefined && { id: { lt: before } }),
      },
      orderBy: { id: "desc" },
      take: limit + 1,
    });
    return listing(rows, limit, storedEnforcement, subjectOf);
  });
}

function subjectOf({ scope, namespace, name }: Enforcement): string {
  return [scope, namespace, name].filter((part) => part !== "").join("/");
}

/** What was predicted says of which services; of switches elsewhere it is not looked at. */
export function enforcementsWatching(
  database: ConfigDatabase,
  { namespace, service }: ServiceName,
  limit: number,
): Promise<EnforcementHead[]> {
  return database.query(async (prisma) => {
    const rows = await prisma.enforcement.findMany({
      where: {
        ...{ phase: "watching", OR: [{ scope: "mesh" }, { namespace }] },
        prediction: { path: ["services"], array_contains: [{ namespace, service }] },
      },
      select: headColumns,
      orderBy: { id: "desc" },
      take: limit,
    });
    return rows.map(enforcementHead);
  });
}

export function getEnforcement(database: ConfigDatabase, id: number): Promise<StoredEnforcement | undefined> {
  return database.query(async (prisma) => {
    const row = await prisma.enforcement.findUnique({ where: { id } });
    return row ? storedEnforcement(row) : undefined;
  });
}
