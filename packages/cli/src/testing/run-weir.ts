import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { repositoryRoot } from "../config.ts";

const entry = join(repositoryRoot, "packages/cli/bin/weir.mjs");

/** The `weir` command as a process of its own, in pipes; what it has said so far can be read while it runs. */
export function startWeir(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const child: ChildProcess = spawn(process.execPath, [entry, ...args], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said = { out: "", err: "" };
  child.stdout?.on("data", (bytes) => {
    said.out += bytes;
  });
  child.stderr?.on("data", (bytes) => {
    said.err += bytes;
  });
  const ended = once(child, "close").then(([code]) => ({ code, ...said }));
  return { child, said, ended };
}

/** The same, to its end. */
export function runWeir(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  return startWeir(args, environment).ended;
}
