import { spawn } from "node:child_process";
import { closeSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { lastLogLines, openLog } from "../supervise/log-file.ts";
import { diskFull, StartError, saysDiskFull } from "../supervise/start-error.ts";

/** What a task sends when it is done. */
export type TaskAnswer =
  | { readonly done: unknown }
  | { readonly failed: { readonly code: string; readonly message: string } };

export interface Task {
  readonly label: string;
  /** A module below `src/start/tasks/`; ends by itself after {@link answerTask}. */
  readonly script: URL;
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly logFile: string;
  readonly signal: AbortSignal;
}

const preload = new URL("../supervise/exit-with-parent.mjs", import.meta.url).href;

/**
 * Runs something short in a process of its own, so that the supervisor, which lives for days, does not keep the
 * database clients in memory. Throws {@link StartError} with the task's own sentence.
 */
export function runTask<T>(task: Task): Promise<T> {
  const log = openLog(task.logFile);
  const child = spawn(process.execPath, ["--import", preload, fileURLToPath(task.script)], {
    cwd: task.cwd,
    env: task.env,
    detached: true,
    signal: task.signal,
    stdio: ["ignore", log, log, "ipc"],
  });
  closeSync(log);
  return new Promise((resolve, reject) => {
    let answer: TaskAnswer | undefined;
    child.on("message", (message: TaskAnswer) => {
      answer = message;
    });
    child.once("error", reject);
    child.once("close", (code) => {
      if (answer && "done" in answer) return resolve(answer.done as T);
      const lines = lastLogLines(task.logFile, 5);
      const message =
        answer?.failed.message ?? `${task.label} failed (exit code ${code}): ${lines.join("\n")}`;
      if (saysDiskFull(message) || lines.some(saysDiskFull)) return reject(diskFull(task.cwd));
      reject(new StartError(answer?.failed.code ?? "TASK_FAILED", message));
    });
  });
}
