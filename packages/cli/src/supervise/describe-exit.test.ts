import { expect, test } from "vitest";
import { describeExit, ordinal } from "./describe-exit.ts";
import { saysDiskFull } from "./start-error.ts";

test.each([
  [1, "1st"],
  [2, "2nd"],
  [3, "3rd"],
  [4, "4th"],
  [11, "11th"],
  [12, "12th"],
  [13, "13th"],
  [21, "21st"],
  [102, "102nd"],
  [111, "111th"],
])("%i is the %s", (count, text) => {
  expect(ordinal(count)).toBe(text);
});

test("an end is told by signal or by exit code", () => {
  expect(describeExit(null, "SIGKILL")).toBe("ended by SIGKILL");
  expect(describeExit(3, null)).toBe("ended with exit code 3");
});

test.each`
  text                                                                     | full
  ${"Error: ENOSPC: no space left on device, write"}                       | ${true}
  ${'PANIC:  could not write to file "pg_wal/x": No space left on device'} | ${true}
  ${"EDQUOT: disk quota exceeded"}                                         | ${true}
  ${"Error: ENOENT: no such file"}                                         | ${false}
`("$text says that a disk is full: $full", ({ text, full }) => {
  expect(saysDiskFull(text)).toBe(full);
});
