import { spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { contentHash } from "./content-hash.ts";
import { inPool } from "./in-pool.ts";
import { appFlags, leanHttp, sidecarFlags, weirCommand } from "./node-flags.ts";
import type { Shop } from "./shop-file.ts";

export interface WarmUp {
  readonly root: string;
  /** Where the last warm-up left its stamp. */
  readonly cacheDir: string;
  readonly shop: Shop | undefined;
  /** With NODE_COMPILE_CACHE, and without anything that a program needs to do its work. */
  readonly env: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

const atOnce = 2;
const longestMs = 30_000;

/**
 * Runs every program once without the settings it needs, so that it loads all of its code, complains and ends, and
 * Node's compile cache has the code from then on. Otherwise each of two dozen processes strips and compiles for
 * itself at the first start, which takes seconds and leaves 20 MB behind in every one of them. Answers whether there
 * was anything to do.
 */
export async function warmUpWhenStale(warmUp: WarmUp): Promise<boolean> {
  const { root, cacheDir, env, signal } = warmUp;
  const stamp = join(cacheDir, "warmed-up");
  const wanted = programsHash(root);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return false;
  await inPool(programs(warmUp), atOnce, (args) => runOnce(args, root, env, signal));
  signal.throwIfAborted();
  writeFileSync(stamp, wanted);
  return true;
}

function programs({ root, cacheDir, shop }: WarmUp): string[][] {
  const nothing = join(cacheDir, "no-such-file.yaml");
  const entries = new Set(shop ? [...shop.workloads.map(({ entry }) => entry), shop.loadgen.entry] : []);
  return [
    [...leanHttp, join(root, "apps/controller/src/main.ts")],
    [...leanHttp, join(root, "apps/collector/src/main.ts")],
    ...(shop ? [[...sidecarFlags, join(root, weirCommand), "proxy", "--config", nothing]] : []),
    ...[...entries].map((entry) => [...appFlags, entry]),
  ];
}

/** How it ends does not matter: a program that has something to say says it again when it is started in earnest. */
function runOnce(
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  const child = spawn(process.execPath, args, { cwd, env, stdio: "ignore", timeout: longestMs, signal });
  return new Promise((resolve) => {
    child.once("error", () => resolve());
    child.once("exit", () => resolve());
  });
}

function programsHash(root: string): string {
  const ignored = new Set(["node_modules", ".next", "console", "cli"]);
  return contentHash({
    root,
    paths: ["apps", "packages", "package-lock.json"],
    ignore: (name) => ignored.has(name) || /\.test\.tsx?$|\.tsbuildinfo$/.test(name),
    also: [process.version],
  });
}
