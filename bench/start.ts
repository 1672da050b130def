import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * How long `npm start` takes until the map shows traffic, on an empty data directory and again on the same one, and
 * how much memory the whole demo holds while shoppers walk about. The console is built before: that part of a first
 * start is shown by `npm start` itself. Linux only (it reads /proc).
 */
const root = join(import.meta.dirname, "..");
const dataDir = mkdtempSync(join(tmpdir(), "weir-bench-start-"));
const settleMs = 20_000;

interface Measured {
  readonly seconds: number;
  readonly rssMb: number;
  readonly pssMb: number;
  readonly processes: number;
  readonly stopSeconds: number;
}

try {
  await measure(0); // builds what is stale
  rmSync(dataDir, { recursive: true, force: true });
  const first = await measure(0);
  const warm = await measure(settleMs);
  const rows = [
    ["", "start", "stop", "processes", "RSS sum", "PSS sum"],
    ["empty data directory", ...cells(first)],
    ["warm", ...cells(warm)],
  ];
  for (const row of rows)
    console.log(row.map((cell, i) => (i === 0 ? cell.padEnd(22) : cell.padStart(11))).join(""));
  console.log(
    JSON.stringify({ benchmark: "start", cpus: cpus().length, node: process.version, first, warm }),
  );
} finally {
  rmSync(dataDir, { recursive: true, force: true });
}

function cells({ seconds, stopSeconds, processes, rssMb, pssMb }: Measured): string[] {
  return [`${seconds} s`, `${stopSeconds} s`, `${processes}`, `${rssMb} MB`, `${pssMb} MB`];
}

async function measure(idleMs: number): Promise<Measured> {
  const startedAt = performance.now();
  const args = ["start", "--no-open", "--port", "3900", "--data-dir", dataDir];
  const start = spawn(process.execPath, [join(root, "packages/cli/bootstrap.mjs"), ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  start.stdout.setEncoding("utf8");
  for await (const text of start.stdout.iterator({ destroyOnReturn: false })) {
    output += text;
    if (output.includes("Ctrl-C stops everything")) break;
  }
  if (!output.includes("Ctrl-C stops everything")) throw new Error(`npm start failed:\n${output}`);
  start.stdout.resume();
  const seconds = round((performance.now() - startedAt) / 1000);
  await sleep(idleMs);
  const pids = [start.pid ?? 0, ...descendants(start.pid ?? 0)];
  const rssMb = sum(pids, "Rss");
  const pssMb = sum(pids, "Pss");
  const stoppedAt = performance.now();
  start.kill("SIGINT");
  await once(start, "exit");
  return {
    seconds,
    rssMb,
    pssMb,
    processes: pids.length,
    stopSeconds: round((performance.now() - stoppedAt) / 1000),
  };
}

function descendants(pid: number): number[] {
  const parents = new Map(
    readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .map((name) => [Number(name), parentOf(name)] as const),
  );
  const children = (of: number): number[] =>
    [...parents].filter(([, parent]) => parent === of).flatMap(([child]) => [child, ...children(child)]);
  return children(pid);
}

function parentOf(pid: string): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
  } catch {
    return 0; // ended while we looked
  }
}

/** Of `smaps_rollup`, in MB. Rss counts shared pages in every process, Pss shares them out. */
function sum(pids: readonly number[], field: "Rss" | "Pss"): number {
  const kilobytes = pids.map((pid) => {
    try {
      const match = new RegExp(`^${field}:\\s+(\\d+) kB`, "m").exec(
        readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"),
      );
      return Number(match?.[1] ?? 0);
    } catch {
      return 0;
    }
  });
  return Math.round(kilobytes.reduce((total, value) => total + value, 0) / 1024);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
