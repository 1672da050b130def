import { join, resolve } from "node:path";
import { type CliConfig, repositoryRoot } from "../config.ts";
import { type DataDir, dataDirAt } from "./data-dir.ts";
import type { StartFlags } from "./flags.mjs";
import { shiftedPorts, type WellKnownPorts, wellKnownPorts } from "./well-known-ports.mjs";

/** All that one start is told, flags before environment before defaults. */
export interface StartSettings {
  readonly root: string;
  readonly dataDir: DataDir;
  readonly ports: WellKnownPorts;
  readonly demo: boolean;
  /** Open a browser when somebody sits in front of a terminal. */
  readonly open: boolean;
  /** Absent: the embedded Postgres. */
  readonly databaseUrl: string | undefined;
  readonly environment: CliConfig["environment"];
}

export function startSettings(flags: StartFlags, config: CliConfig): StartSettings {
  const root = repositoryRoot;
  const path = flags.dataDir ? resolve(config.workingDir, flags.dataDir) : join(root, ".weir");
  return {
    root,
    dataDir: dataDirAt(path),
    ports: shiftedPorts(flags.port ?? wellKnownPorts.console),
    demo: flags.demo,
    open: flags.open && !config.ci,
    databaseUrl: flags.databaseUrl ?? config.databaseUrl,
    environment: config.environment,
  };
}
