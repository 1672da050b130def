import { spawn } from "node:child_process";
import { constants } from "node:os";
import { BootstrapError } from "./bootstrap-error.mjs";

/**
 * Runs the rest under another Node as if it were this process: same terminal, signals handed on.
 *
 * @param {string} node
 * @param {string[]} args
 * @param {{ cwd: string, compileCache: string | undefined, leash: boolean }} settings `leash`: an IPC channel whose end tells
 *   the child that this process is gone
 * @returns {Promise<number>} the exit code to leave with
 */
export function goOn(node, args, { cwd, compileCache, leash }) {
  const child = spawn(node, args, {
    cwd,
    stdio: leash ? ["inherit", "inherit", "inherit", "ipc"] : "inherit",
    env: { ...process.env, ...(compileCache ? { NODE_COMPILE_CACHE: compileCache } : {}) },
  });
  const signals = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]);
  for (const signal of signals) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.once("error", (error) => reject(new BootstrapError(`cannot run ${node}: ${error.message}`)));
    child.once("exit", (code, signal) => resolve(signal ? 128 + constants.signals[signal] : (code ?? 1)));
  });
}
