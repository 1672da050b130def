import { closeSync, mkdtempSync, readFileSync, rmSync, statSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { lastLogLines, openLog, rotateLog } from "./log-file.ts";

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "weir log "));
  file = join(folder, "logs", "child.log");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("a log past its limit is moved aside, and its writer goes on at the beginning", () => {
  const log = openLog(file);
  writeSync(log, "0123456789\n");
  expect(rotateLog(file, 20)).toBe(false);
  writeSync(log, "abcdefghij\n");
  expect(rotateLog(file, 20)).toBe(true);
  writeSync(log, "new\n");
  closeSync(log);
  expect(readFileSync(`${file}.1`, "utf8")).toBe("0123456789\nabcdefghij\n");
  expect(readFileSync(file, "utf8")).toBe("new\n");
  expect(statSync(file).size).toBe(4);
});

test("the last lines of a log are read without its blank ones", () => {
  expect(lastLogLines(file, 3)).toEqual([]);
  const log = openLog(file);
  for (let i = 0; i < 5000; i++) writeSync(log, `line ${i}\n\n`);
  closeSync(log);
  expect(lastLogLines(file, 2)).toEqual(["line 4998", "line 4999"]);
});
