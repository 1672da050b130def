import type { ConfigDatabase, Transaction } from "../config/config-database.ts";
import type { EnforcementEvent } from "./enforcement-store.ts";
import { storedEvent } from "./stored-enforcement.ts";

interface NewEvent extends Omit<EnforcementEvent, "seq" | "at"> {
  /** Where the mode was changed with it. */
  readonly configRevision: number | undefined;
}

/** The next event of an enforcement; whoever writes one holds the lock of all config writes. */
export async function writeEvent(
  transaction: Transaction,
  enforcementId: number,
  event: NewEvent,
): Promise<void> {
  const seq = (await transaction.enforcementEvent.count({ where: { enforcementId } })) + 1;
  await transaction.enforcementEvent.create({
    data: {
      ...{ enforcementId, seq, author: event.author, action: event.action, reason: event.reason },
      ...{ comment: event.comment ?? null, checks: event.checks as object },
      ...(event.progress && { progress: event.progress as object }),
      configRevision: event.configRevision ?? null,
    },
  });
}

export function enforcementEvents(
  database: ConfigDatabase,
  enforcementId: number,
): Promise<EnforcementEvent[]> {
  return database.query(async (prisma) => {
    const rows = await prisma.enforcementEvent.findMany({
      where: { enforcementId },
      orderBy: { seq: "desc" },
    });
    return rows.map(storedEvent);
  });
}
