import { ValidationError } from "@weir/domain";
import type { ConfigDatabase, Transaction } from "./config-database.ts";
import type { SavedView } from "./config-store.ts";
import { NotFound } from "./not-found.ts";

export function listViews(database: ConfigDatabase): Promise<SavedView[]> {
  return database.query((prisma) => prisma.savedView.findMany({ orderBy: { name: "asc" } }));
}

export function saveView(
  database: ConfigDatabase,
  { name, href, author }: Pick<SavedView, "name" | "href" | "author">,
): Promise<SavedView> {
  return database.write(async (transaction) => {
    await refuseTaken(transaction, name, undefined);
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
    throw new ValidationError("view", [
      {
        code: "name-taken",
        path: "name",
        severity: "error",
        message: `there is a view called ${name} already`,
      },
    ]);
}
