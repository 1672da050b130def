import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readPlaywrightVerdict, readVitestVerdict } from "./read-verdict.ts";

const folder = mkdtempSync(join(tmpdir(), "weir-verdict-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function report(content: unknown): string {
  const file = join(folder, "report.json");
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  return file;
}

test.each`
  content                                                    | ok       | verdict                     | why
  ${{ numPassedTests: 5, numTotalTests: 5, success: true }}  | ${true}  | ${{ passed: 5, failed: 0 }} | ${"all passed"}
  ${{ numPassedTests: 3, numTotalTests: 5, success: false }} | ${false} | ${{ passed: 3, failed: 2 }} | ${"what did not pass has failed, skipped or not"}
  ${{ numPassedTests: 5, numTotalTests: 5, success: false }} | ${false} | ${{ passed: 5, failed: 1 }} | ${"a file that could not be loaded has no tests"}
  ${{ numPassedTests: 5, numTotalTests: 5, success: true }}  | ${false} | ${{ passed: 5, failed: 1 }} | ${"Vitest itself failed"}
  ${"half a rep"}                                            | ${true}  | ${{ passed: 0, failed: 1 }} | ${"no report"}
`("Vitest: $why", ({ content, ok, verdict }) => {
  expect(readVitestVerdict(report(content), ok)).toEqual(verdict);
});

test.each`
  stats                                                   | errors     | ok       | verdict                     | why
  ${{ expected: 4, unexpected: 0, flaky: 0, skipped: 0 }} | ${[]}      | ${true}  | ${{ passed: 4, failed: 0 }} | ${"all passed"}
  ${{ expected: 2, unexpected: 1, flaky: 0, skipped: 3 }} | ${[]}      | ${false} | ${{ passed: 2, failed: 4 }} | ${"what a failure kept from running has not passed"}
  ${{ expected: 0, unexpected: 0, flaky: 0, skipped: 0 }} | ${["set"]} | ${false} | ${{ passed: 0, failed: 1 }} | ${"the start before all tests failed"}
`("Playwright: $why", ({ stats, errors, ok, verdict }) => {
  expect(readPlaywrightVerdict(report({ stats, errors }), ok)).toEqual(verdict);
});
