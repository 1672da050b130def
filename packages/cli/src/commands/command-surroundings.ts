import { userInfo } from "node:os";
import { join, resolve } from "node:path";
import { authorOfUser, looksLikeOwnAuthor, ownAuthorRefused } from "@weir/domain";
import type { Change, ConfigStore } from "@weir/store";
import { type CliConfig, repositoryRoot } from "../config.ts";
import { dataDirAt } from "../start/data-dir.ts";
import { type RunState, readRunState } from "../start/run-state.ts";
import { CommandError, exitCodes } from "./command-error.ts";
import type { CommandOutput } from "./command-output.ts";

/** What each command is made with. */
export interface CommandSurroundings extends Required<CommandOutput> {
  readonly config: CliConfig;
}

/** Options that every command has. */
export interface CommonOptions {
  readonly output: "text" | "json";
  readonly dataDir?: string;
  readonly databaseUrl?: string;
}

/** The start that runs on the data directory, if one does. */
export function runningStart(
  { config }: Pick<CommandSurroundings, "config">,
  options: Pick<CommonOptions, "dataDir">,
): RunState | undefined {
  return readRunState(dataDirAt(dataDirPath(config, options)));
}

/** The database to talk to: named on the command line, in the environment, or by the running start. */
export function databaseUrlFor(surroundings: CommandSurroundings, options: CommonOptions): string {
  const { config } = surroundings;
  const named = options.databaseUrl ?? (options.dataDir ? undefined : config.databaseUrl);
  const databaseUrl = named ?? runningStart(surroundings, options)?.databaseUrl;
  if (databaseUrl !== undefined) return databaseUrl;
  throw new CommandError(
    exitCodes.unreachable,
    `no Weir is running on ${dataDirPath(config, options)}; start one with "npm start", or name its database with --database-url or DATABASE_URL`,
  );
}

/** Runs `work` with the config store of the database and closes it. */
export async function withStore<T>(
  surroundings: CommandSurroundings,
  options: CommonOptions,
  work: (store: ConfigStore) => Promise<T>,
): Promise<T> {
  const { openConfigStore } = await import("@weir/store");
  const store = openConfigStore(databaseUrlFor(surroundings, options));
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/**
 * Who stands in the audit for a change made on the command line.
 * @throws CommandError where people would take them for the controller.
 */
export function changeBy({ config }: CommandSurroundings, reason: string | undefined): Change {
  const author = config.author ?? nameOfUser();
  if (looksLikeOwnAuthor(author))
    throw new CommandError(exitCodes.refused, `WEIR_AUTHOR is wrong: ${ownAuthorRefused}`);
  return { author, ...(reason === undefined ? {} : { reason }) };
}

function nameOfUser(): string {
  try {
    return authorOfUser(userInfo().username);
  } catch {
    return "unknown"; // a container's user may have no entry in the password file
  }
}

/** The data directory that is meant: the named one, else that of `npm start`. */
export function dataDirPath(config: CliConfig, { dataDir }: Pick<CommonOptions, "dataDir">): string {
  return dataDir === undefined ? join(repositoryRoot, ".weir") : resolve(config.workingDir, dataDir);
}
