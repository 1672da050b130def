import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

/** Shifted away from the defaults, so that the journeys run beside a Weir that is in use. */
export const consolePort = 3400;
export const shopPort = 8480;
export const consoleUrl = `http://127.0.0.1:${consolePort}`;
export const shopUrl = `http://127.0.0.1:${shopPort}`;

const repository = resolve(import.meta.dirname, "..");

/**
 * The whole of `npm start` as a user would have it, in a data directory of its own whose path has a space.
 * `stop` sends what Ctrl-C sends and throws when anything but a clean exit follows.
 */
export interface WholeStart {
  readonly dataDir: string;
  readonly pid: number;
  stop(): Promise<void>;
}

export const dataDirVariable = "WEIR_JOURNEY_DATA_DIR";

/** Data directory of the start that global-setup made, also in Playwright's worker processes. */
export function journeyDataDir(): string {
  const dataDir = process.env[dataDirVariable];
  if (!dataDir) throw new Error("no start is running: global-setup.ts makes it");
  return dataDir;
}

/** @param flags what `npm start` is told besides, such as `--no-demo` */
export async function startWhole(port = consolePort, flags: readonly string[] = []): Promise<WholeStart> {
  const dataDir = await mkdtemp(join(tmpdir(), "weir journey "));
  const child = spawn(
    process.execPath,
    [
      ...["packages/cli/bootstrap.mjs", "start", "--no-open", "--port", `${port}`, "--data-dir", dataDir],
      ...flags,
    ],
    { cwd: repository, stdio: ["ignore", "pipe", "pipe"] },
  );
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => {
      output += chunk;
      appendFileSync(join(dataDir, "start.log"), chunk);
    });
  await ready(child, () => output);
  return { dataDir, pid: child.pid ?? 0, stop: () => stop(child, dataDir, () => output) };
}

async function ready(child: ChildProcess, output: () => string): Promise<void> {
  const deadline = Date.now() + 240_000;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`npm start ended with ${child.exitCode}:\n${output()}`);
    if (output().includes("Ctrl-C")) return;
    await new Promise((wake) => setTimeout(wake, 200));
  }
  child.kill("SIGINT");
  throw new Error(`npm start was not ready after four minutes:\n${output()}`);
}

async function stop(child: ChildProcess, dataDir: string, output: () => string): Promise<void> {
  if (child.exitCode === null) {
    const ended = once(child, "exit");
    child.kill("SIGINT");
    await ended;
  }
  await rm(dataDir, { recursive: true, force: true });
  if (child.exitCode !== 0) throw new Error(`npm start ended with ${child.exitCode}:\n${output()}`);
}
