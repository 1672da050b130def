import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { makeFolder } from "../lock/make-folder.mjs";
import { parseStartFlags, startUsage, UsageError } from "../start/flags.mjs";
import { BootstrapError } from "./bootstrap-error.mjs";
import { goOn } from "./go-on.mjs";
import { installWhenNeeded } from "./install.mjs";
import { createProgress } from "./progress.mjs";

/** What each command goes on with under Node 26, from the root of the repository. @type {Record<string, string>} */
const entries = {
  start: "packages/cli/src/start/main.ts",
  test: "packages/cli/src/repo/test.ts",
  check: "packages/cli/src/repo/check.ts",
  bench: "packages/cli/src/repo/bench.ts",
  generate: "packages/cli/src/repo/generate.ts",
};

/**
 * Installs what is missing and goes on with a command; sets the exit code of this process.
 *
 * @param {string[]} words the command and its arguments
 */
export async function bootstrap(words) {
  const root = resolve(dirname(fileURLToPath(import.meta.url)), "../../../..");
  const [command = "", ...args] = words;
  const entry = entries[command];
  try {
    if (!entry)
      throw new BootstrapError(
        `unknown command "${command}"; there are ${Object.keys(entries).join(", ")}`,
        2,
      );
    const dataDir = command === "start" ? dataDirOf(args) : undefined;
    if (dataDir === "help") return;
    await installWhenNeeded(root, createProgress(process.stderr), npmFile());
    const node = join(root, "node_modules", ".bin", "node");
    const leanHttp = new URL("../supervise/lean-http.mjs", import.meta.url).href;
    const flags = command === "start" ? ["--import", leanHttp] : [];
    process.exitCode = await goOn(node, [...flags, join(root, entry), ...args], {
      cwd: root,
      compileCache: compileCacheIn(dataDir ?? join(root, ".weir")),
      // So that a supervisor whose bootstrap is killed notices, and stops all it started.
      leash: command === "start",
    });
  } catch (error) {
    if (!(error instanceof BootstrapError || error instanceof UsageError)) throw error;
    console.error(`weir: ${error.message}`);
    process.exitCode = error.exitCode;
  }
}

/**
 * A wrong flag is refused before minutes are spent on installing.
 *
 * @param {string[]} args
 */
function dataDirOf(args) {
  const flags = parseStartFlags(args);
  if (flags.help) {
    console.log(startUsage());
    return "help";
  }
  return flags.dataDir === undefined
    ? undefined
    : resolve(process.env.INIT_CWD ?? process.cwd(), flags.dataDir);
}

/**
 * Where Node keeps compiled code, so that it is there before Node looks for it; undefined where it cannot be.
 *
 * @param {string} dataDir
 */
function compileCacheIn(dataDir) {
  const folder = join(dataDir, "cache", "node");
  try {
    makeFolder(folder);
    return folder;
  } catch {
    return undefined; // whoever needs the data directory says what is wrong with it
  }
}

/** npm names its own entry file to the scripts it runs; other package managers name theirs. */
function npmFile() {
  const file = process.env.npm_execpath;
  return file && /npm-cli\.c?js$/.test(file) && existsSync(file) ? file : undefined;
}
