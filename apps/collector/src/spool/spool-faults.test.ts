import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { waitFor } from "@weir/testkit";
import { afterEach, describe, expect, test } from "vitest";
import { type Disk, realDisk } from "./disk.ts";
import { SpoolFailed } from "./spool-errors.ts";
import type { FillDiskReport } from "./testing/fill-disk-process.ts";
import { drain, requestOf } from "./testing/test-requests.ts";
import { silent, TestSpool } from "./testing/test-spool.ts";

const bench = new TestSpool();
const processOf = (name: string): string => `${import.meta.dirname}/testing/${name}-process.ts`;

/** The real disk, of which one call fails from now on, as long as `broken` says so. */
class BreakableDisk implements Disk {
  broken: "datasync" | "writev" | "truncate and datasync" | "syncDirectory" | "create" | undefined;
  readonly openToRead = realDisk.openToRead;

  async create(path: string): Promise<FileHandle> {
    if (this.broken === "create") throw failure();
    const file = await realDisk.create(path);
    const datasync = file.datasync.bind(file);
    const truncate = file.truncate.bind(file);
    const writev = file.writev.bind(file);
    return Object.assign(file, {
      datasync: () => (this.broken?.endsWith("datasync") ? Promise.reject(failure()) : datasync()),
      truncate: (bytes: number) =>
        this.broken?.startsWith("truncate") ? Promise.reject(failure()) : truncate(bytes),
      writev: async (buffers: Buffer[], position: number) => {
        if (this.broken !== "writev") return writev(buffers, position);
        // A part of it is written all the same.
        await file.write(Buffer.concat(buffers), 0, 20, position);
        throw failure();
      },
    });
  }

  async syncDirectory(path: string): Promise<void> {
    if (this.broken === "syncDirectory") throw failure();
    await realDisk.syncDirectory(path);
  }
}

const failure = () => Object.assign(new Error("EIO: i/o error"), { code: "EIO" });

describe("a disk that fails", () => {
  const calls = ["create", "writev", "datasync", "truncate and datasync", "syncDirectory"] as const;
  /** Records before it fails: three leave room in their file, four do not. */
  const cases = calls.flatMap((broken) => [3, 4].map((before) => ({ broken, before })));

  test.each(cases)(
    "in $broken, behind $before records: what is acknowledged is there, and it goes on when the disk does",
    async ({ broken, before }) => {
      const disk = new BreakableDisk();
      let spool = await bench.open({ disk, segmentBytes: 200 });
      const acknowledged: string[] = [];
      const append = async (...names: string[]): Promise<unknown[]> => {
        const results = await Promise.allSettled(names.map((name) => spool.append(requestOf(name, 22))));
        acknowledged.push(...names.filter((_, i) => results[i]?.status === "fulfilled"));
        return results.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
      };
      for (let i = 0; i < before; i++) expect(await append(`before ${i}`)).toEqual([]);
      disk.broken = broken;
      const failed = [...(await append("a", "b", "c", "d", "e", "f")), ...(await append("g", "h"))];
      expect(failed.length).toBeGreaterThanOrEqual(broken.endsWith("datasync") ? 8 : 7);
      for (const error of failed) expect(error).toBeInstanceOf(SpoolFailed);
      expect(spool.counts.failed).toBe(failed.length);
      disk.broken = undefined;
      expect(await append("after 0", "after 1")).toEqual([]);
      expect(spool.depth.requests).toBe(acknowledged.length);
      expect(spool.diskBytes).toBe(acknowledged.length * 50);
      spool = await bench.reopen();
      const read = await drain(spool);
      expect(read.filter((name) => acknowledged.includes(name))).toEqual(acknowledged);
    },
  );
});

test("a disk that goes on failing is told once a minute, however often it takes something in between", async () => {
  const disk = new BreakableDisk();
  let nowMs = 5000;
  const lines: unknown[] = [];
  const log = { ...silent, info() {}, warn() {}, error: (line: unknown) => lines.push(line) };
  const spool = await bench.open({ disk, log, now: () => nowMs });
  for (let i = 0; i < 10; i++) {
    disk.broken = "writev";
    await expect(spool.append(requestOf("no"))).rejects.toThrow(SpoolFailed);
    disk.broken = undefined;
    await spool.append(requestOf("yes"));
  }
  expect(lines).toEqual([expect.objectContaining({ failed: 1 })]);
  nowMs += 60_000;
  disk.broken = "writev";
  await expect(spool.append(requestOf("no"))).rejects.toThrow(SpoolFailed);
  expect(lines.at(-1)).toMatchObject({ failed: 11 });
});

describe("a disk that is full", () => {
  const shell = (script: string) => ["sh", "-c", `${script} && exec "$@"`, "sh"];
  /** Where tests may mount, a real disk of 6 MiB; everywhere, files that may grow to 1 or 2 MiB (ulimit counts in 512 or 1024). */
  const limits = [
    {
      what: "its files may not grow",
      code: "EFBIG",
      segmentBytes: 2 ** 30,
      command: shell("ulimit -f 2048"),
    },
    ...(mayMount()
      ? [
          {
            what: "there is no space left on it",
            code: "ENOSPC",
            segmentBytes: 1_500_000,
            command: ["unshare", "--mount", ...shell("mount -t tmpfs -o size=6m tmpfs .")],
          },
        ]
      : []),
  ];

  test.each(limits)(
    "because $what: what is refused was not acknowledged, and room that is made is used",
    async ({ code, segmentBytes, command }) => {
      mkdirSync(bench.directory);
      const [program = "", ...flags] = command;
      // Entered anew by its path once something is mounted there.
      const script = [process.execPath, processOf("fill-disk"), bench.directory, String(segmentBytes)];
      const output = execFileSync(program, [...flags, ...script], { cwd: bench.directory, encoding: "utf8" });
      const report: FillDiskReport = JSON.parse(output);
      expect(new Set(report.failures)).toEqual(new Set([code]));
      expect(report.acknowledged.length).toBeGreaterThan(5);
      expect(report.afterwards).toHaveLength(5);
      expect(report.damagedBytes).toBe(0);
      const all = [...report.acknowledged, ...report.afterwards];
      expect(report.read.length).toBeGreaterThanOrEqual(Math.min(30, report.acknowledged.length));
      expect([...report.read, ...report.readAfterRestart]).toEqual(all);
    },
  );
});

describe("kill -9", () => {
  let child: ChildProcess | undefined;
  afterEach(() => void child?.kill("SIGKILL"));

  /** What the process said until it was killed, at the n-th acknowledgement or soon after. */
  async function runUntil(run: number, acknowledgements: number): Promise<string[]> {
    const said = bench.beside(`said by ${run}`);
    writeFileSync(said, "");
    const started = spawn(process.execPath, [processOf("append"), bench.directory, String(run), said], {
      stdio: ["ignore", "ignore", "inherit"],
    });
    child = started;
    const seen = () => readFileSync(said, "utf8").split("\na ").length > acknowledgements;
    await waitFor(seen, { what: `${acknowledgements} acknowledgements`, timeoutMs: 25_000 });
    started.kill("SIGKILL");
    await once(started, "exit");
    return readFileSync(said, "utf8").split("\n").slice(0, -1);
  }

  test("at any moment: every acknowledged request was delivered, or is still there, in order", async () => {
    const acknowledged = new Set<string>();
    const delivered: string[] = [];
    for (const [run, count] of [1, 40, 333, 700].entries()) {
      for (const line of await runUntil(run, count)) {
        const name = line.slice(2);
        if (line.startsWith("a ")) acknowledged.add(name);
        else delivered.push(name);
      }
    }
    const rest = await drain(await bench.open());
    expect(acknowledged.size).toBeGreaterThan(1000);
    const all = [...new Set([...delivered, ...rest])];
    expect([...acknowledged].filter((name) => !all.includes(name))).toEqual([]);
    // Each lane appends one after the other, so its order is known.
    for (const names of Map.groupBy(all, (name) => name.slice(0, name.lastIndexOf("."))).values()) {
      const places = names.map((name) => Number(name.slice(name.lastIndexOf(".") + 1)));
      expect(places).toEqual(places.toSorted((a, b) => a - b));
    }
    // A kill costs at most the batches whose cursor was not written yet.
    expect(delivered.length + rest.length - all.length).toBeLessThan(4 * 100);
  }, 120_000);
});

function mayMount(): boolean {
  return (
    process.getuid?.() === 0 && spawnSync("unshare", ["--mount", "true"], { stdio: "ignore" }).status === 0
  );
}
