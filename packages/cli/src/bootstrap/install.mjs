import { spawn } from "node:child_process";
import { join } from "node:path";
import { acquireLock, LockHeld } from "../lock/process-lock.mjs";
import { BootstrapError } from "./bootstrap-error.mjs";
import { reasonToInstall, removeStamp, writeStamp } from "./install-state.mjs";
import { reasonOfNpm } from "./npm-reason.mjs";

/**
 * What npm is asked for. A user's own settings must not leave out what a start needs: development packages hold
 * the generator, optional ones Postgres, and an install script puts Node in place (`allowScripts` in package.json
 * names those that may run).
 */
const npmArguments = [
  "ci",
  "--no-fund",
  "--no-audit",
  "--loglevel=error",
  "--include=dev",
  "--include=optional",
  "--ignore-scripts=false",
];

/**
 * Installs the packages of this clone when that is needed, one process at a time.
 *
 * @param {string} root
 * @param {import("./progress.mjs").Progress} progress
 * @param {string | undefined} npmFile npm's own entry file when npm runs us, so that the same npm is used
 */
export async function installWhenNeeded(root, progress, npmFile) {
  if (!reasonToInstall(root)) return;
  const lock = await waitForLock(join(root, ".weir", "install.lock"), progress);
  try {
    const reason = reasonToInstall(root);
    if (!reason) return;
    removeStamp(root);
    await progress.during(`Installing packages (${reason})`, () => runNpm(root, npmFile));
    writeStamp(root);
  } finally {
    lock.release();
  }
}

/**
 * @param {string} file
 * @param {import("./progress.mjs").Progress} progress
 */
async function waitForLock(file, progress) {
  for (let told = false; ; told = true) {
    try {
      return acquireLock(file);
    } catch (error) {
      if (!(error instanceof LockHeld))
        throw new BootstrapError(`cannot write ${file}: ${/** @type {Error} */ (error).message}`);
      if (!told)
        progress.say(`Process ${error.owner.pid} is installing packages in this clone; waiting for it.`);
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
  }
}

/**
 * @param {string} root
 * @param {string | undefined} npmFile
 * @returns {Promise<void>}
 */
function runNpm(root, npmFile) {
  const [command, prefix] = npmFile ? [process.execPath, [npmFile]] : ["npm", []];
  const child = spawn(command, [...prefix, ...npmArguments], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text) => {
      output = (output + text).slice(-64_000);
    });
  return new Promise((resolve, reject) => {
    /** @param {NodeJS.Signals} signal */
    const interrupt = (signal) => {
      child.kill(signal);
      reject(
        new BootstrapError("interrupted while installing packages; the next start installs them again", 130),
      );
    };
    const signals = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]);
    for (const signal of signals) process.once(signal, interrupt);
    const done = () => {
      for (const signal of signals) process.removeListener(signal, interrupt);
    };
    child.once("error", (error) => {
      done();
      reject(new BootstrapError(`cannot run npm: ${error.message}`));
    });
    child.once("close", (code, signal) => {
      done();
      if (code === 0) return resolve();
      const status = signal ? `was ended by ${signal}` : `failed with exit code ${code}`;
      reject(new BootstrapError(`npm ci ${status}: ${reasonOfNpm(output)}`, code || 1));
    });
  });
}
