import { readFileSync } from "node:fs";
import { z } from "zod";
import type { Verdict } from "./run-checks.ts";

const VitestReport = z.object({ numPassedTests: z.int(), numTotalTests: z.int(), success: z.boolean() });

const PlaywrightReport = z.object({
  stats: z.object({ expected: z.int(), unexpected: z.int(), flaky: z.int(), skipped: z.int() }),
  errors: z.array(z.unknown()),
});

/**
 * Passed and failed from Vitest's JSON report. What did not run has not passed; a run that failed as a whole (a
 * broken import, a crash) counts as one failure even when no single test does.
 */
export function readVitestVerdict(file: string, ok: boolean): Verdict {
  const report = VitestReport.safeParse(readJson(file));
  if (!report.success) return { passed: 0, failed: 1 };
  const { numPassedTests: passed, numTotalTests: all, success } = report.data;
  return { passed, failed: Math.max(all - passed, ok && success ? 0 : 1) };
}

/** The same from Playwright's. A test that passed only at the second try has passed. */
export function readPlaywrightVerdict(file: string, ok: boolean): Verdict {
  const report = PlaywrightReport.safeParse(readJson(file));
  if (!report.success) return { passed: 0, failed: 1 };
  const { expected, unexpected, flaky, skipped } = report.data.stats;
  const failed = unexpected + skipped;
  return {
    passed: expected + flaky,
    failed: Math.max(failed, ok && report.data.errors.length === 0 ? 0 : 1),
  };
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}
