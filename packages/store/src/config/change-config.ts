import {
  type ChangeOrigin,
  looksLikeOwnAuthor,
  notificationOfChange,
  ownAuthor,
  ownAuthorRefused,
  ValidationError,
} from "@weir/domain";
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

/** What the controller changes by itself: its author is {@link ownAuthor}, whom nobody else can be. */
export interface OwnChange {
  readonly origin: ChangeOrigin;
  readonly reason: string;
}

export interface ChangeContext {
  readonly transaction: Transaction;
  /** The global revision this change will have. */
  readonly revision: number;
  /** To be called for each thing that is changed; without it the transaction leaves no trace. */
  record(changed: Changed): void;
}

/** The frame of every config write; see {@link changeInTransaction}. */
export function changeConfig<T>(
  database: ConfigDatabase,
  change: Change | OwnChange,
  work: (context: ChangeContext) => Promise<T>,
): Promise<T> {
  return database.write((transaction) => changeInTransaction(transaction, change, work));
}

/**
 * Locks the mesh's row, so that config writes happen one after the other and each decides on what is really
 * there; then audit entries, what is told of them, next global revision and notification, if the work recorded a change.
 * However many there are, it takes as many statements as one.
 * @throws ValidationError when a person's name would be taken for the controller's.
 */
export async function changeInTransaction<T>(
  transaction: Transaction,
  change: Change | OwnChange,
  work: (context: ChangeContext) => Promise<T>,
): Promise<T> {
  const { author, reason, origin } = changedBy(change);
  const [mesh] = await transaction.$queryRaw<{ revision: number }[]>`
    SELECT revision FROM mesh WHERE id = 1 FOR UPDATE`;
  if (!mesh) throw new Error("the row of table mesh is missing; the database was not made by its migrations");
  const revision = mesh.revision + 1;
  const changes: Changed[] = [];
  const result = await work({ transaction, revision, record: (entry) => void changes.push(entry) });
  if (changes.length === 0) return result;
  await transaction.auditEntry.createMany({
    data: changes.map(({ action, subject, before, after }) => ({
      ...{ configRevision: revision, author, reason: reason ?? null, action, subject },
      ...(before === undefined ? {} : { before: before as object }),
      ...(after === undefined ? {} : { after: after as object }),
    })),
  });
  const tellings = changes.flatMap(
    (entry) => notificationOfChange({ ...entry, author, reason, origin }) ?? [],
  );
  if (tellings.length > 0) await tell(transaction, ...tellings);
  await transaction.mesh.update({ where: { id: 1 }, data: { revision, updatedAt: new Date() } });
  await notifyConfig(transaction, revision);
  return result;
}

function changedBy(change: Change | OwnChange): Change & { readonly origin: ChangeOrigin | undefined } {
  if ("origin" in change) return { ...change, author: ownAuthor };
  const { author, reason } = change;
  if (looksLikeOwnAuthor(author))
    throw new ValidationError("change", [
      {
        ...{ code: "author-reserved", path: "author", severity: "error", message: ownAuthorRefused },
        fix: "Change it under a name of your own.",
      },
    ]);
  return { author, reason, origin: undefined };
}
