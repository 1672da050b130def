import type { ConfigDatabase } from "../config/config-database.ts";
import type { AlertState, Telling } from "./notification-store.ts";
import { tell } from "./tell.ts";

export function listAlerts(database: ConfigDatabase): Promise<AlertState[]> {
  return database.query(async (prisma) => {
    const rows = await prisma.alert.findMany({ orderBy: { subject: "asc" } });
    return rows.map(({ subject, state, since, seeming, seemingSince, seen }) => ({
      ...{ subject, state, sinceMs: since.getTime(), seenMs: seen.getTime() },
      seeming: seeming ?? undefined,
      seemingSinceMs: seemingSince?.getTime(),
    }));
  });
}

/** Under the config's lock, so that what is told has its place among the changes. */
export function recordAlerts(
  database: ConfigDatabase,
  changed: readonly AlertState[],
  gone: readonly string[],
  told: readonly Telling[],
): Promise<void> {
  return database.write(async (transaction) => {
    if (told.length > 0) await transaction.$queryRaw`SELECT 1 FROM mesh WHERE id = 1 FOR UPDATE`;
    for (const { subject, state, sinceMs, seeming, seemingSinceMs, seenMs } of changed) {
      const data = {
        ...{ state, since: new Date(sinceMs), seen: new Date(seenMs), seeming: seeming ?? null },
        seemingSince: seemingSinceMs === undefined ? null : new Date(seemingSinceMs),
      };
      await transaction.alert.upsert({ where: { subject }, create: { subject, ...data }, update: data });
    }
    await transaction.alert.deleteMany({ where: { subject: { in: [...gone] } } });
    await tell(transaction, ...told);
  });
}
