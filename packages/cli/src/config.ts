import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** The root of the repository. */
export const repositoryRoot = resolve(fileURLToPath(new URL("../../..", import.meta.url)));

type Environment = Readonly<Record<string, string | undefined>>;

export interface CliConfig {
  /** Unfiltered; what children get of it is decided in `start/child-environment.ts`. */
  readonly environment: Environment;
  /** The folder a person typed the command in: npm changes to the package's root before it runs a script. */
  readonly workingDir: string;
  readonly databaseUrl: string | undefined;
  /** Base URL of the console that `weir traces` and `weir graph` ask. */
  readonly consoleUrl: string | undefined;
  /** Author of changes in the audit, when it is not the operating system's user. */
  readonly author: string | undefined;
  /** Nobody watches: plain lines, no browser. */
  readonly ci: boolean;
  /** A Chromium to test with, when it is not found by name. */
  readonly chromium: string | undefined;
}

/** The only place in this package where the environment is read. An empty variable counts as absent. */
export function readConfig(environment: Environment = process.env): CliConfig {
  return {
    environment,
    workingDir: environment.INIT_CWD || process.cwd(),
    databaseUrl: environment.DATABASE_URL || undefined,
    consoleUrl: environment.WEIR_CONSOLE_URL || undefined,
    author: environment.WEIR_AUTHOR || undefined,
    ci: Boolean(environment.CI) && environment.CI !== "false",
    chromium: environment.WEIR_CHROMIUM || undefined,
  };
}
