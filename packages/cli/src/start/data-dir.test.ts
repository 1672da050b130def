import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { claimDataDir, dataDirAt } from "./data-dir.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "weir data "));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const plenty = () => 10 * 1024 ** 3;

describe("the data directory", () => {
  test("is made, and belongs to one start at a time", () => {
    const dataDir = dataDirAt(join(folder, "deep", "down"));
    const lock = claimDataDir(dataDir, plenty);
    expect(() => claimDataDir(dataDir, plenty)).toThrow(
      `process ${process.pid} is running Weir on ${dataDir.path} already; stop it, or start another one`,
    );
    lock.release();
    claimDataDir(dataDir, plenty).release();
  });

  test("is taken over after a crash", () => {
    const dataDir = dataDirAt(folder);
    claimDataDir(dataDir, plenty).release();
    writeFileSync(
      join(dataDir.run, "lock"),
      JSON.stringify({ pid: process.pid, identity: "before the reboot" }),
    );
    expect(claimDataDir(dataDir, plenty).tookOver).toBe(true);
  });

  test("is refused when it is a file", () => {
    const path = join(folder, "file");
    writeFileSync(path, "");
    expect(() => claimDataDir(dataDirAt(path), plenty)).toThrow(
      `cannot keep data in ${path}: it is a file; choose`,
    );
  });

  test("is refused where nothing can be written", () => {
    expect(() => claimDataDir(dataDirAt("/proc/weir"), plenty)).toThrow(
      /^cannot keep data in \/proc\/weir: .+; choose/,
    );
  });

  test("is refused on a disk that is nearly full", () => {
    const free = () => 120 * 1024 ** 2;
    expect(() => claimDataDir(dataDirAt(folder), free)).toThrow(
      /has 120 MB left, and Weir needs 500; free some space/,
    );
  });
});
