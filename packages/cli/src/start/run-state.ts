import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { lockOwner } from "../lock/process-lock.mjs";
import type { DataDir } from "./data-dir.ts";
import type { WellKnownPorts } from "./well-known-ports.mjs";
import type { WorkloadPorts } from "./workload-ports.ts";

/** What a running start tells the `weir` command, in `run/state.json` of its data directory. */
export interface RunState {
  readonly pid: number;
  readonly databaseUrl: string;
  readonly ports: WellKnownPorts;
  /** By `service-version`. */
  readonly workloads: Readonly<Record<string, WorkloadPorts>>;
  /** Process ids by name; undefined while a process is being restarted. */
  readonly processes: Readonly<Record<string, number | undefined>>;
}

const fileIn = (dataDir: DataDir) => join(dataDir.run, "state.json");

/** Readable for its owner only: the address of the database holds a password. */
export function writeRunState(dataDir: DataDir, state: RunState): void {
  rmSync(fileIn(dataDir), { force: true });
  writeFileSync(fileIn(dataDir), `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
}

export function removeRunState(dataDir: DataDir): void {
  rmSync(fileIn(dataDir), { force: true });
}

/** The state of the start that runs on this data directory; undefined when none does. */
export function readRunState(dataDir: DataDir): RunState | undefined {
  if (!lockOwner(join(dataDir.run, "lock"))) return undefined;
  try {
    return JSON.parse(readFileSync(fileIn(dataDir), "utf8"));
  } catch {
    return undefined;
  }
}
