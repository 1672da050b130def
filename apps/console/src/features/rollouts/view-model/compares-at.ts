import type { Step } from "@weir/rollout";

/** Do the comparisons count in a step? As `comparesIn` of the rollout's package, which brings the schema along. */
export function comparesAt(steps: readonly Step[], at: number): boolean {
  const step = steps[at];
  if (step === undefined || ("weight" in step && (step.weight === 0 || step.weight === 100))) return false;
  return step.compare ?? !("match" in step);
}
