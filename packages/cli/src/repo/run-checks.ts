import { inPool } from "../start/in-pool.ts";
import type { Check } from "./checks.ts";

export interface Verdict {
  readonly passed: number;
  readonly failed: number;
}

/** Runs checks two at a time; a line for each with its time, and what a failed one said. */
export async function runChecks(checks: readonly Check[], print: (text: string) => void): Promise<Verdict> {
  const results = await inPool(checks, 2, async (check) => {
    const { ok, output, ms } = await check.run();
    print(`${ok ? "✔" : "✖"} ${check.name} [${(ms / 1000).toFixed(1)} s]`);
    if (!ok) print(indented(output));
    return ok;
  });
  const passed = results.filter(Boolean).length;
  return { passed, failed: results.length - passed };
}

function indented(text: string): string {
  return text
    .trimEnd()
    .split("\n")
    .map((line) => `    ${line}`)
    .join("\n");
}
