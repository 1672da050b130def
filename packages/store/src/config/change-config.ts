import { notificationOfChange } from "@weir/domain";
import { tell } from "../notifications/tell.ts";
import type { ConfigDatabase, Transaction } from "./config-database.ts";
import type { Change } from "./config-store.ts";
import { notifyConfig } from "./notify.ts";

/** What the audit says of a change. `before` and `after` are JSON; undefined means there was, or is, nothing. */
interface Changed {
  readonly action: string;
  readonly subject: string;
  readonly before: unknown;
  readonly after: unknown;
}

export interface ChangeContext {
  readonly transaction: Transaction;
  /** The global revision this change will have. */
  readonly revision: number;
  /** To be called once, when there is something to change; without it the transaction leaves no trace. */
  record(changed: Changed): void;
}

/** The frame of every config write; see {@link changeInTransaction}. */
export function changeConfig<T>(
  database: ConfigDatabase,
  change: Change,
  work: (context: ChangeContext) => Promise<T>,
): Promise<T> {
  return database.write((transaction) => changeInTransaction(transaction, change, work));
}

/**
 * Locks the mesh's row, so that config writes happen one after the other and each decides on what is really
 * there; then audit entry, what is told of it, next global revision and notification, if the work recorded a change.
 */
export async function changeInTransaction<T>(
  transaction: Transaction,
  { author, reason }: Change,
  work: (context: ChangeContext) => Promise<T>,
): Promise<T> {
  const [mesh] = await transaction.$queryRaw<{ revision: number }[]>`
    SELECT revision FROM mesh WHERE id = 1 FOR UPDATE`;
  if (!mesh) throw new Error("the row of table mesh is missing; the database was not made by its migrations");
  const revision = mesh.revision + 1;
  let changed: Changed | undefined;
  const result = await work({
    transaction,
    revision,
    record: (entry) => {
      changed = entry;
    },
  });
  if (changed === undefined) return result;
  const { action, subject, before, after } = changed as Changed;
  await transaction.auditEntry.create({
    data: {
      configRevision: revision,
      author,
      reason: reason ?? null,
      action,
      subject,
      ...(before === undefined ? {} : { before: before as object }),
      ...(after === undefined ? {} : { after: after as object }),
    },
  });
  const telling = notificationOfChange({ action, subject, before, after, author, reason });
  if (telling) await tell(transaction, telling);
  await transaction.mesh.update({ where: { id: 1 }, data: { revision, updatedAt: new Date() } });
  await notifyConfig(transaction, revision);
  return result;
}
