import type { ConfigDatabase } from "../config/config-database.ts";
import { type Listing, listing } from "../config/listing.ts";
import type { Enforcement } from "../generated/client.ts";
import type { EnforcementsQuery, StoredEnforcement } from "./enforcement-store.ts";
import { storedEnforcement, switchColumns } from "./stored-enforcement.ts";

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

export function getEnforcement(database: ConfigDatabase, id: number): Promise<StoredEnforcement | undefined> {
  return database.query(async (prisma) => {
    const row = await prisma.enforcement.findUnique({ where: { id } });
    return row ? storedEnforcement(row) : undefined;
  });
}
