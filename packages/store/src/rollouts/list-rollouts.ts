import type { ConfigDatabase } from "../config/config-database.ts";
import { type Listing, listing } from "../config/listing.ts";
import type { RolloutEvent, RolloutsQuery, StoredRollout } from "./rollout-store.ts";
import { storedEvent, storedRollout } from "./stored-rollout.ts";

export function listRollouts(
  database: ConfigDatabase,
  { id, service, namespaces, running, limit, before }: RolloutsQuery,
): Promise<Listing<StoredRollout>> {
  return database.query(async (prisma) => {
    const rows = await prisma.rollout.findMany({
      where: {
        ...(service && { namespace: service.namespace, service: service.name }),
        ...(namespaces && { AND: { namespace: { in: [...namespaces] } } }),
        ...(running !== undefined && { endedAt: running ? null : { not: null } }),
        id: { ...(id !== undefined && { equals: id }), ...(before !== undefined && { lt: before }) },
      },
      orderBy: { id: "desc" },
      take: limit + 1,
    });
    return listing(rows, limit, storedRollout, ({ namespace, service: name }) => `${namespace}/${name}`);
  });
}

export function getRollout(database: ConfigDatabase, id: number): Promise<StoredRollout | undefined> {
  return database.query(async (prisma) => {
    const row = await prisma.rollout.findUnique({ where: { id } });
    return row ? storedRollout(row) : undefined;
  });
}

export function rolloutEvents(database: ConfigDatabase, id: number): Promise<RolloutEvent[]> {
  return database.query(async (prisma) => {
    const rows = await prisma.rolloutEvent.findMany({ where: { rolloutId: id }, orderBy: { seq: "desc" } });
    return rows.map(storedEvent);
  });
}
