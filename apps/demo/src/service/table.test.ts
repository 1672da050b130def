import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openTable } from "./table.ts";

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "table-"));
  file = join(folder, "deep", "rows.jsonl");
});
afterEach(() => rmSync(folder, { recursive: true }));

test("every change is on disk at once: a process killed without closing loses nothing", () => {
  const table = openTable<number>(file, { keep: 10 });
  table.put("a", 1);
  table.put("b", 2);
  table.put("a", 3);
  table.delete("b");
  expect(openTable<number>(file, { keep: 10 }).rows()).toEqual([3]);
});

test("the oldest rows are forgotten beyond what is kept, and the file stays small", () => {
  const table = openTable<number>(file, { keep: 3 });
  for (let row = 0; row < 1_000; row += 1) table.put(`key-${row}`, row);
  expect(table.rows()).toEqual([997, 998, 999]);
  expect(readFileSync(file, "utf8").split("\n").length).toBeLessThan(120);
  table.close();
  expect(openTable<number>(file, { keep: 2 }).rows()).toEqual([998, 999]);
});

test("half a line at the end, as a full disk leaves it, is ignored", () => {
  openTable<number>(file, { keep: 10 }).put("a", 1);
  appendFileSync(file, '["b",');
  const table = openTable<number>(file, { keep: 10 });
  table.put("c", 3);
  expect(openTable<number>(file, { keep: 10 }).rows()).toEqual([1, 3]);
});

test("unreadable lines are reported and set aside, the others stay", () => {
  openTable<number>(file, { keep: 10 }).put("a", 1);
  appendFileSync(file, 'nonsense\n["b",2]\n');
  let damaged = 0;
  const onDamage = (lines: number) => {
    damaged = lines;
  };
  expect(openTable<number>(file, { keep: 10, onDamage }).rows()).toEqual([1, 2]);
  expect(damaged).toBe(1);
  expect(existsSync(`${file}.damaged`)).toBe(true);
});
