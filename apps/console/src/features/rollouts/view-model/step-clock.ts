import type { ShownRollout } from "../../../server/rollouts/shown-rollout.ts";
import { aboutSpan } from "./span-text.ts";

type Told = Pick<ShownRollout, "plan" | "state" | "isOver" | "stepAtMs">;

/** By then the first evidence of a step has come, where there are requests: docs/rollouts.md says what it is made of. */
const firstEvidenceMs = 20_000;

/** Whether the present step has had all of its time, and waits for something else. */
export function isTimeOver({ plan, state }: Pick<Told, "plan" | "state">): boolean {
  const forMs = plan.steps[state.step]?.forMs;
  return state.phase === "running" && forMs !== undefined && forMs > 0 && state.inStepMs >= forMs;
}

/**
 * Why a step lasts longer than its time, in a sentence: only time with evidence of the step counts, and what is over by the clock goes on by
 * evidence. Undefined once the rollout is over.
 */
export function stepClockWords(rollout: Told, nowMs: number): string | undefined {
  const { plan, state, isOver, stepAtMs } = rollout;
  const step = plan.steps[state.step];
  if (isOver || step === undefined) return undefined;
  const name = `step ${state.step + 1}`;
  const sinceMs = Math.max(0, nowMs - stepAtMs);
  const counted = `${aboutSpan(state.inStepMs)} of the ${aboutSpan(step.forMs)} of ${name} have counted`;
  if (state.phase === "paused") return `${counted}; none does while it is paused.`;
  if (isTimeOver(rollout))
    return `The time of ${name} is over (${aboutSpan(step.forMs)}): it goes on as soon as all that it waits for is there.`;
  if (state.inStepMs > 0)
    return `${counted}: it began ${aboutSpan(sinceMs)} ago, and time without evidence of it does not count.`;
  const begun = `S${name.slice(1)} began ${aboutSpan(sinceMs)} ago`;
  return sinceMs <= firstEvidenceMs
    ? `${begun}: it counts from the first evidence of it, which comes after 10 to 20 s.`
    : `${begun}, and there is no evidence of it yet: it counts from the first.`;
}
