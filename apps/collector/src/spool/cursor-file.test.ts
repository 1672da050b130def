import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { CursorFile, readCursor } from "./cursor-file.ts";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "weir-cursor-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const fail = (error: unknown): never => {
  throw error;
};

test("the last of many is what is read again", async () => {
  const file = new CursorFile({ directory, onFailure: fail });
  for (let offset = 0; offset <= 100; offset++) file.save({ segment: 3, offset });
  await file.flush();
  expect(await readCursor(directory)).toEqual({ segment: 3, offset: 100 });
  expect(statSync(join(directory, "cursor")).mode & 0o777).toBe(0o600);
});

test("none, or one that is damaged in any byte, is none", async () => {
  expect(await readCursor(directory)).toBeUndefined();
  const file = new CursorFile({ directory, onFailure: fail });
  file.save({ segment: 12, offset: 345 });
  await file.flush();
  const path = join(directory, "cursor");
  const good = readFileSync(path);
  for (let at = 0; at < good.length; at++) {
    const bad = Buffer.from(good);
    bad[at] = (bad[at] ?? 0) ^ 1;
    writeFileSync(path, bad);
    expect(await readCursor(directory)).toBeUndefined();
    writeFileSync(path, good.subarray(0, at));
    expect(await readCursor(directory)).toBeUndefined();
  }
});

test("one that cannot be written is told once, until one can", async () => {
  const failures: unknown[] = [];
  const file = new CursorFile({ directory, onFailure: (error) => failures.push(error) });
  const save = async (offset: number): Promise<void> => {
    file.save({ segment: 1, offset });
    await file.flush();
  };
  rmSync(directory, { recursive: true });
  await save(1);
  await save(2);
  expect(failures).toEqual([expect.objectContaining({ code: "ENOENT" })]);
  mkdirSync(directory);
  await save(3);
  expect(await readCursor(directory)).toEqual({ segment: 1, offset: 3 });
  rmSync(directory, { recursive: true });
  await save(4);
  expect(failures).toHaveLength(2);
});
