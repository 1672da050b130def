import { spawn } from "node:child_process";
import { closeSync } from "node:fs";
import { describeExit } from "./describe-exit.ts";
import { openLog } from "./log-file.ts";
import { answersOk } from "./readiness.ts";
import type { Ending, RunningProcess } from "./running-process.ts";

/** A program for Node. */
export interface NodeProgram {
  /** Flags for Node, script and the script's arguments. */
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Answers 200 as soon as the program can serve. */
  readonly readyUrl: string;
}

const preload = new URL("./exit-with-parent.mjs", import.meta.url).href;

/**
 * Launches a program as the leader of its own session, so that Ctrl-C in the terminal reaches the supervisor alone
 * and the order of stopping is the supervisor's. Its IPC channel is its leash.
 */
export function nodeProcess({ args, cwd, env, readyUrl }: NodeProgram): (logFile: string) => RunningProcess {
  return (logFile) => {
    const log = openLog(logFile);
    const child = spawn(process.execPath, ["--import", preload, ...args], {
      cwd,
      env,
      detached: true,
      stdio: ["ignore", log, log, "ipc"],
    });
    closeSync(log);
    let gone = false;
    const ended = new Promise<Ending>((resolve) => {
      child.once("error", (error) => resolve({ how: `could not be started (${error.message})` }));
      child.once("exit", (code, signal) => resolve({ how: describeExit(code, signal) }));
    });
    ended.then(() => {
      gone = true;
    });
    return {
      pid: child.pid,
      ended,
      // The answer counts only if it can have come from this process.
      isReady: async () => !gone && (await answersOk(readyUrl)) && !gone,
      terminate: () => void child.kill("SIGTERM"),
      kill: () => void child.kill("SIGKILL"),
    };
  };
}
