import { checkDatabase, migrate } from "@weir/store";
import { readConfig } from "../../config.ts";
import { answerTask } from "./answer-task.ts";

/** What {@link prepareDatabase} answers. */
export interface PreparedDatabase {
  /** Names of the migrations that were applied now. */
  readonly applied: readonly string[];
}

/** Sees that DATABASE_URL can be used, and brings its schema up to date. */
async function prepareDatabase(): Promise<PreparedDatabase> {
  const databaseUrl = readConfig().databaseUrl ?? "";
  await checkDatabase(databaseUrl);
  return migrate(databaseUrl);
}

await answerTask(prepareDatabase);
