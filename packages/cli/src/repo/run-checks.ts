import { inPool } from "../start/in-pool.ts";
import type { Check } from "./checks.ts";

export interface Verdict {
  readonly passed: number;
  readonly failed: number;
  /** What failed and the first lines of why, one text each: for the end of a long output. */
  readonly failures: readonly string[];
  /** What passed only at the second try, told as failures are: a defect of the test or of what it tests. */
  readonly unsteady?: readonly string[];
}

/** Runs checks two at a time; a line for each with its time, and what a failed one said. */
export async function runChecks(checks: readonly Check[], print: (text: string) => void): Promise<Verdict> {
  const results = await inPool(checks, 2, async (check) => {
    const { ok, output, ms } = await check.run();
    print(`${ok ? "✔" : "✖"} ${check.name} [${(ms / 1000).toFixed(1)} s]`);
    if (!ok) print(indented(output));
    return ok ? [] : [check.name];
  });
  const failures = results.flat();
  return { passed: results.length - failures.length, failed: failures.length, failures };
}

function indented(text: string): string {
  return text
    .trimEnd()
    .split("\n")
    .map((line) => `    ${line}`)
    .join("\n");
}
