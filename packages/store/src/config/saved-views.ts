import { ValidationError } from "@weir/domain";
import type { ConfigDatabase, Transaction } from "./config-database.ts";
import type { SavedView } from "./config-store.ts";
import { NotFound } from "./not-found.ts";

export function listViews(database: ConfigDatabase): Promise<SavedView[]> {
  return database.query((prisma) => prisma.savedView.findMany({ orderBy: { name: "asc" } }));
}

/** Each has a name and an address of its own, of four thousand characters at most; all of them are listed at once. */
const mostViews = 500;

/** @throws ValidationError for a name that is taken, or where there are {@link mostViews} already. */
export function saveView(
  database: ConfigDatabase,
  { name, href, author }: Pick<SavedView, "name" | "href" | "author">,
): Promise<SavedView> {
  return database.write(async (transaction) => {
    await refuseTaken(transaction, name, undefined);
    if ((await transaction.savedView.count()) >= mostViews)
      throw refusal("too-many", "", `there are ${mostViews} views already`, "Remove one that nobody needs.");
    return transaction.savedView.create({ data: { name, href, author } });
  });
}

export function renameView(database: ConfigDatabase, id: number, name: string): Promise<SavedView> {
  return database.write(async (transaction) => {
    await refuseTaken(transaction, name, id);
    const [renamed] = await transaction.savedView.updateManyAndReturn({ where: { id }, data: { name } });
    if (!renamed) throw new NotFound("such view");
    return renamed;
  });
}

export function removeView(database: ConfigDatabase, id: number): Promise<void> {
  return database.write(async (transaction) => {
    await transaction.savedView.deleteMany({ where: { id } });
  });
}

/** Two of one name could not be told apart. The lock puts those who name at the same time in order. */
async function refuseTaken(transaction: Transaction, name: string, id: number | undefined): Promise<void> {
  await transaction.$executeRaw`LOCK TABLE saved_view IN SHARE ROW EXCLUSIVE MODE`;
  const taken = await transaction.savedView.findUnique({ where: { name } });
  if (taken && taken.id !== id)
    throw refusal("name-taken", "name", `there is a view called ${name} already`, "Choose another name.");
}

function refusal(code: string, path: string, message: string, fix: string): ValidationError {
  return new ValidationError("view", [{ code, path, severity: "error", message, fix }]);
}
