import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { journeyDataDir } from "./whole-start.ts";

/** What `npm start` writes down of what it runs. */
export interface StartState {
  readonly databaseUrl: string;
  readonly processes: Readonly<Record<string, number>>;
  readonly workloads: Readonly<Record<string, { readonly admin: number }>>;
}

export function startState(): StartState {
  return JSON.parse(readFileSync(join(journeyDataDir(), "run", "state.json"), "utf8"));
}

/** Process id of Postgres. Root keeps the cluster where the user postgres can reach it, and says where. */
export function postmaster(): number {
  const folder = join(journeyDataDir(), "postgres");
  const elsewhere = join(folder, "cluster-is-in");
  const place = existsSync(elsewhere) ? readFileSync(elsewhere, "utf8").trim() : folder;
  return Number(readFileSync(join(place, "cluster", "postmaster.pid"), "utf8").split("\n", 1)[0]);
}

/** A process and its children: Postgres has one for each connection, and they serve on without it. */
export function withChildren(pid: number): number[] {
  const children = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" })
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter(([, parent]) => parent === pid);
  return [pid, ...children.map(([child = 0]) => child)];
}
