import { readFileSync } from "node:fs";
import { stripVTControlCharacters } from "node:util";
import { z } from "zod";
import type { Verdict } from "./run-checks.ts";

const VitestReport = z.object({
  numPassedTests: z.int(),
  numTotalTests: z.int(),
  success: z.boolean(),
  testResults: z.array(
    z.object({
      /** The file. */
      name: z.string(),
      status: z.string(),
      message: z.string().optional(),
      assertionResults: z.array(
        z.object({
          fullName: z.string(),
          status: z.string(),
          failureMessages: z.array(z.string()).nullish(),
        }),
      ),
    }),
  ),
});

const Said = z.object({ message: z.string().optional() });

const Suite = z.object({
  file: z.string(),
  specs: z.array(
    z.object({
      title: z.string(),
      tests: z.array(
        z.object({
          status: z.string(),
          results: z.array(z.object({ errors: z.array(Said).default([]) })),
        }),
      ),
    }),
  ),
  get suites() {
    return z.array(Suite).optional();
  },
});

const PlaywrightReport = z.object({
  stats: z.object({ expected: z.int(), unexpected: z.int(), flaky: z.int(), skipped: z.int() }),
  suites: z.array(Suite),
  errors: z.array(Said),
});

/**
 * Passed and failed from Vitest's JSON report. What did not run has not passed; a run that failed as a whole (a
 * broken import, a crash) counts as one failure even when no single test does.
 */
export function readVitestVerdict(file: string, ok: boolean): Verdict {
  const report = VitestReport.safeParse(readJson(file));
  if (!report.success) return noReport("Vitest", file);
  const { numPassedTests: passed, numTotalTests: all, success, testResults } = report.data;
  const failures = testResults.flatMap(({ name, status, message, assertionResults }) => {
    const tests = assertionResults
      .filter((test) => test.status !== "passed")
      .map((test) => told(`${name} › ${test.fullName}`, test.failureMessages?.[0] ?? test.status));
    return tests.length === 0 && status === "failed" ? [told(name, message)] : tests;
  });
  const unsteady = testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.flatMap(({ fullName, status, failureMessages }) =>
      status === "passed" && failureMessages?.length
        ? [told(`${name} › ${fullName}`, failureMessages[0])]
        : [],
    ),
  );
  return verdict("Vitest", { passed, failed: all - passed, failures, unsteady }, ok && success);
}

/** The same from Playwright's. A test that passed only at the second try has passed. */
export function readPlaywrightVerdict(file: string, ok: boolean): Verdict {
  const report = PlaywrightReport.safeParse(readJson(file));
  if (!report.success) return noReport("Playwright", file);
  const { stats, suites, errors } = report.data;
  const failures = [
    ...errors.map((error) => told("before or beside the tests", error.message)),
    ...suites.flatMap((suite) => ended(suite, ["unexpected", "skipped"])),
  ];
  const unsteady = suites.flatMap((suite) => ended(suite, ["flaky"]));
  return verdict(
    "Playwright",
    { passed: stats.expected + stats.flaky, failed: stats.unexpected + stats.skipped, failures, unsteady },
    ok && errors.length === 0,
  );
}

function ended({ file, specs, suites }: z.infer<typeof Suite>, how: readonly string[]): readonly string[] {
  const own = specs.flatMap(({ title, tests }) =>
    tests
      .filter(({ status }) => how.includes(status))
      .map(({ status, results }) => {
        const errors = results.flatMap((result) => result.errors);
        return told(`${file} › ${title}`, errors[0]?.message ?? status);
      }),
  );
  return [...own, ...(suites ?? []).flatMap((suite) => ended(suite, how))];
}

/** A run that is not whole has failed, even where no test of it has. */
function verdict(tool: string, counted: Verdict, whole: boolean): Verdict {
  if (counted.failed > 0 || whole) return counted;
  const failures = counted.failures.length > 0 ? counted.failures : [`${tool} as a whole`];
  return { ...counted, failed: 1, failures };
}

function noReport(tool: string, file: string): Verdict {
  return { passed: 0, failed: 1, failures: [`${tool} left no report that can be read (${file})`] };
}

/** What failed, and the first lines of why. */
function told(what: string, why = ""): string {
  const lines = stripVTControlCharacters(why)
    .split("\n")
    .filter((line) => line.trim() !== "" && !line.includes("node_modules"));
  return [what, ...lines.slice(0, 6).map((line) => `  ${line}`)].join("\n");
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}
