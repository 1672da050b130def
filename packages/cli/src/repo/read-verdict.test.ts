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

const vitestFile = (status: string, ...assertionResults: object[]) => ({
  name: "a.test.ts",
  status,
  message: status === "failed" ? "Error: no such module" : "",
  assertionResults,
});
const refused = {
  fullName: "a port is refused",
  status: "failed",
  failureMessages: ["AssertionError: expected 1\u001b[31m to be 2\u001b[39m\n\n    at a.test.ts:3:1"],
};

test.each`
  content                                                                                                                                  | ok       | passed | failed | failures                                                                                           | why
  ${{ numPassedTests: 5, numTotalTests: 5, success: true, testResults: [vitestFile("passed")] }}                                           | ${true}  | ${5}   | ${0}   | ${[]}                                                                                              | ${"all passed"}
  ${{ numPassedTests: 3, numTotalTests: 4, success: false, testResults: [vitestFile("failed", refused)] }}                                 | ${false} | ${3}   | ${1}   | ${["a.test.ts › a port is refused\n  AssertionError: expected 1 to be 2\n      at a.test.ts:3:1"]} | ${"one failed, and says why"}
  ${{ numPassedTests: 3, numTotalTests: 4, success: true, testResults: [vitestFile("passed", { fullName: "later", status: "skipped" })] }} | ${true}  | ${3}   | ${1}   | ${["a.test.ts › later\n  skipped"]}                                                                | ${"what was skipped has not passed"}
  ${{ numPassedTests: 5, numTotalTests: 5, success: false, testResults: [vitestFile("failed")] }}                                          | ${false} | ${5}   | ${1}   | ${["a.test.ts\n  Error: no such module"]}                                                          | ${"a file that could not be loaded has no tests"}
  ${{ numPassedTests: 5, numTotalTests: 5, success: true, testResults: [] }}                                                               | ${false} | ${5}   | ${1}   | ${["Vitest as a whole"]}                                                                           | ${"Vitest itself failed"}
  ${"half a rep"}                                                                                                                          | ${true}  | ${0}   | ${1}   | ${[expect.stringContaining("no report")]}                                                          | ${"no report"}
`("Vitest: $why", ({ content, ok, passed, failed, failures }) => {
  expect(readVitestVerdict(report(content), ok)).toMatchObject({ passed, failed, failures });
});

const journey = (title: string, status: string, message?: string) => ({
  title,
  tests: [{ status, results: [{ errors: message === undefined ? [] : [{ message }] }] }],
});

test.each`
  stats                                                   | specs                                                                         | errors                     | ok       | passed | failed | failures                                                                    | why
  ${{ expected: 4, unexpected: 0, flaky: 0, skipped: 0 }} | ${[journey("opens", "expected")]}                                             | ${[]}                      | ${true}  | ${4}   | ${0}   | ${[]}                                                                       | ${"all passed"}
  ${{ expected: 2, unexpected: 1, flaky: 0, skipped: 1 }} | ${[journey("opens", "unexpected", "not there"), journey("shuts", "skipped")]} | ${[]}                      | ${false} | ${2}   | ${2}   | ${["1.journey.ts › opens\n  not there", "1.journey.ts › shuts\n  skipped"]} | ${"what a failure kept from running has not passed"}
  ${{ expected: 0, unexpected: 0, flaky: 0, skipped: 0 }} | ${[]}                                                                         | ${[{ message: "set up" }]} | ${false} | ${0}   | ${1}   | ${["before or beside the tests\n  set up"]}                                 | ${"the start before all tests failed"}
`("Playwright: $why", ({ stats, specs, errors, ok, passed, failed, failures }) => {
  const suites = [{ file: "1.journey.ts", specs: [], suites: [{ file: "1.journey.ts", specs }] }];
  expect(readPlaywrightVerdict(report({ stats, suites, errors }), ok)).toMatchObject({
    passed,
    failed,
    failures,
  });
});

test("what passed only at the second try has passed, and is told", () => {
  const twice = { ...refused, status: "passed" };
  const vitest = {
    numPassedTests: 1,
    numTotalTests: 1,
    success: true,
    testResults: [vitestFile("passed", twice)],
  };
  expect(readVitestVerdict(report(vitest), true)).toMatchObject({
    ...{ passed: 1, failed: 0, failures: [] },
    unsteady: [expect.stringMatching(/^a\.test\.ts › a port is refused\n {2}AssertionError/)],
  });
  const suites = [{ file: "1.journey.ts", specs: [journey("opens", "flaky", "not there")] }];
  const stats = { expected: 0, unexpected: 0, flaky: 1, skipped: 0 };
  expect(readPlaywrightVerdict(report({ stats, suites, errors: [] }), true)).toEqual({
    ...{ passed: 1, failed: 0, failures: [] },
    unsteady: ["1.journey.ts › opens\n  not there"],
  });
});
