import type { RolloutPlan, Step } from "@weir/rollout";
import type { z } from "zod";

/** A plan while it is written: what is left out has its usual value, and what stands there need not hold yet. */
export type PlanDraft = Omit<z.input<typeof RolloutPlan>, "steps"> & { readonly steps: readonly Step[] };

export type ChecksDraft = NonNullable<PlanDraft["checks"]>;

/** A plan that says nothing of checks has these (packages/rollout/src/plan/checks.ts). */
const usualChecks: ChecksDraft = { successRate: {}, latency: {}, sampleRatio: {} };

export function checksOf({ checks }: PlanDraft): ChecksDraft {
  return checks ?? usualChecks;
}

export type StepWay = "mirror" | "match" | "weight";

export function wayOf(step: Step): StepWay {
  return "mirror" in step ? "mirror" : "match" in step ? "match" : "weight";
}

/** Mirrors go first, then matches, then weights. */
const rank: Readonly<Record<StepWay, number>> = { mirror: 0, match: 1, weight: 2 };

/** Per cent of the requests that reach the canary, or of which it gets copies; 0 where a match chooses them. */
export function percentOf(step: Step): number {
  return "mirror" in step ? step.mirror : "weight" in step ? step.weight : 0;
}

/** The least and the most per cent that a step may have between its neighbours; both the same for the last. */
export function percentBounds(steps: readonly Step[], at: number): { least: number; most: number } {
  const step = steps[at];
  if (step === undefined || !("weight" in step)) return { least: 1, most: 100 };
  if (at === steps.length - 1) return { least: 100, most: 100 };
  const [before, after] = [steps[at - 1], steps[at + 1]];
  return {
    least: before !== undefined && "weight" in before ? before.weight + 1 : 0,
    most: after !== undefined && "weight" in after ? after.weight - 1 : 99,
  };
}

/** The steps with one's per cent moved, as far as its neighbours let it. */
export function withPercent(steps: readonly Step[], at: number, percent: number): Step[] {
  const { least, most } = percentBounds(steps, at);
  const within = Math.max(least, Math.min(most, Math.round(percent)));
  return steps.map((step, index) => {
    if (index !== at) return step;
    if ("mirror" in step) return { ...step, mirror: within };
    return "weight" in step ? { ...step, weight: within } : step;
  });
}

export function withStep(steps: readonly Step[], at: number, change: Partial<Step>): Step[] {
  return steps.map((step, index) => (index === at ? definedOnly({ ...step, ...change }) : step));
}

/** What was taken away is left out, so that a plan as YAML has no empty members. */
function definedOnly(step: Step): Step {
  return Object.fromEntries(Object.entries(step).filter(([, value]) => value !== undefined)) as Step;
}

/** May another weight stand behind this step? There is none between 10 and 11. */
export function canAddAfter(steps: readonly Step[], at: number): boolean {
  const after = steps[at + 1];
  const from = at < 0 ? 0 : percentAt(steps, at);
  return after !== undefined && "weight" in after && after.weight - from > 1;
}

/** A weight in the middle of its neighbours, as long as the step before it. */
export function addedAfter(steps: readonly Step[], at: number): Step[] {
  const after = steps[at + 1];
  if (after === undefined || !canAddAfter(steps, at)) return [...steps];
  const from = at < 0 ? 0 : percentAt(steps, at);
  const weight = Math.max(from + 1, Math.round((from + percentOf(after)) / 2));
  const forMs = steps[at]?.forMs ?? after.forMs;
  return [...steps.slice(0, at + 1), { weight, forMs }, ...steps.slice(at + 1)];
}

/** The last step is the end of every plan, and stays. */
export function canRemove(steps: readonly Step[], at: number): boolean {
  return at < steps.length - 1;
}

export function removed(steps: readonly Step[], at: number): Step[] {
  return canRemove(steps, at) ? steps.filter((_, index) => index !== at) : [...steps];
}

/** Weights ascend, so only mirrors change places with mirrors, and matches with matches. */
export function canMove(steps: readonly Step[], at: number, by: 1 | -1): boolean {
  const [step, other] = [steps[at], steps[at + by]];
  return (
    step !== undefined && other !== undefined && wayOf(step) !== "weight" && wayOf(step) === wayOf(other)
  );
}

export function moved(steps: readonly Step[], at: number, by: 1 | -1): Step[] {
  const [step, other] = [steps[at], steps[at + by]];
  if (step === undefined || other === undefined || !canMove(steps, at, by)) return [...steps];
  return steps.map((one, index) => (index === at ? other : index === at + by ? step : one));
}

/** A first step of another way, in the place that its way has in every plan. */
export function withFirst(steps: readonly Step[], step: Step): Step[] {
  const at = steps.findIndex((one) => rank[wayOf(one)] > rank[wayOf(step)]);
  return at < 0 ? [...steps, step] : [...steps.slice(0, at), step, ...steps.slice(at)];
}

/** The time that steps take at least, in milliseconds. */
export function leastMs(steps: readonly Step[]): number {
  return steps.reduce((sum, { forMs }) => sum + forMs, 0);
}

function percentAt(steps: readonly Step[], at: number): number {
  const step = steps[at];
  return step !== undefined && "weight" in step ? step.weight : 0;
}
