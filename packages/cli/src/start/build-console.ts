import { spawn } from "node:child_process";
import { closeSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { acquireLock, LockHeld } from "../lock/process-lock.mjs";
import { lastLogLines, openLog } from "../supervise/log-file.ts";
import { diskFull, StartError, saysDiskFull } from "../supervise/start-error.ts";
import { contentHash } from "./content-hash.ts";
import { workspaceDependencies } from "./workspace-dependencies.ts";

const consoleFolder = "apps/console";

export interface ConsoleBuild {
  readonly root: string;
  readonly env: Readonly<Record<string, string>>;
  /** Takes all that the build says. */
  readonly logFile: string;
  readonly signal: AbortSignal;
}

/**
 * Builds the console when its sources, the packages it is made of, the lock file or Node changed since the last
 * complete build; answers whether it did. A stamp is written only after success and removed before a build begins,
 * so that half a build is never taken for a whole one.
 */
export async function buildConsoleWhenStale(build: ConsoleBuild): Promise<boolean> {
  const lock = await waitForLock(build);
  try {
    const stamp = join(build.root, consoleFolder, ".next", "weir-build");
    const wanted = consoleHash(build.root);
    if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return false;
    rmSync(stamp, { force: true });
    await runBuild(build);
    writeFileSync(stamp, wanted);
    return true;
  } finally {
    lock.release();
  }
}

/** Tests change often and are not part of what is built. */
function consoleHash(root: string): string {
  const ignored = new Set(["node_modules", ".next", "next-env.d.ts"]);
  return contentHash({
    root,
    paths: [
      ...workspaceDependencies(root, consoleFolder),
      "package-lock.json",
      "tsconfig.json",
      "prisma/schema.prisma",
    ],
    ignore: (name) => ignored.has(name) || /\.test\.tsx?$|\.tsbuildinfo$/.test(name),
    also: [process.version, process.platform, process.arch],
  });
}

/** Two starts in one clone must not build into the same folder at once. */
async function waitForLock({ root, signal }: ConsoleBuild) {
  for (;;) {
    try {
      return acquireLock(join(root, ".weir", "console-build.lock"));
    } catch (error) {
      if (!(error instanceof LockHeld)) throw error;
      signal.throwIfAborted();
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
  }
}

function runBuild({ root, env, logFile, signal }: ConsoleBuild): Promise<void> {
  const next = join(root, "node_modules", "next", "dist", "bin", "next");
  rmSync(logFile, { force: true });
  const log = openLog(logFile);
  const child = spawn(process.execPath, [next, "build"], {
    cwd: join(root, consoleFolder),
    env: { ...env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1", NO_COLOR: "1" },
    stdio: ["ignore", log, log],
    signal,
  });
  closeSync(log);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) return resolve();
      const lines = lastLogLines(logFile, 200);
      if (lines.some(saysDiskFull)) return reject(diskFull(join(root, consoleFolder)));
      reject(
        new StartError(
          "CONSOLE_BUILD",
          `the console could not be built; ${firstError(lines)} (all of it is in ${logFile})`,
        ),
      );
    });
  });
}

/** What the bundler says first is the cause; the rest follows from it. */
function firstError(lines: readonly string[]): string {
  const from = Math.max(
    0,
    lines.findIndex((line) => /error|failed/i.test(line)),
  );
  return `its first complaint:\n  ${lines.slice(from, from + 8).join("\n  ")}\n`;
}
