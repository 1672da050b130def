import type { ShownRollout } from "../../../server/rollouts/shown-rollout.ts";
import { aboutSpan } from "./span-text.ts";
import { stepEffect } from "./step-words.ts";

type Told = Pick<ShownRollout, "plan" | "state">;

/** Where a rollout stands, in a sentence of plain words. Of one that is over it is said as of then: others may have moved the requests since. */
export function rolloutSentence({ plan, state }: Told): string {
  const { canary, baseline, targetRef, steps } = plan;
  const step = steps[state.step];
  switch (state.phase) {
    case "succeeded":
      return `${canary} took over: all requests of ${targetRef} went to it.`;
    case "rolledBack":
      return `${canary} was taken back by itself: all requests of ${targetRef} went back to ${baseline}.`;
    case "aborted":
      return `Somebody took ${canary} back: all requests of ${targetRef} went back to ${baseline}.`;
    case "running":
    case "paused": {
      if (step === undefined) return "";
      const lead = state.phase === "paused" ? "Paused in step" : "Step";
      return `${lead} ${state.step + 1} of ${steps.length}: ${stepEffect(step, canary)}.`;
    }
  }
}

/** What the newest look said; undefined where it is not what ended the rollout: somebody did then. */
export function lastWord({ look, isOver }: Pick<ShownRollout, "look" | "isOver">): string | undefined {
  return isOver && look?.action === "hold" ? undefined : look?.reason;
}

/** The part of the plan's shortest time that is behind, 0 to 1. */
export function progressOf({ plan, state }: Told): number {
  if (state.phase === "succeeded") return 1;
  const whole = plan.steps.reduce((sum, { forMs }) => sum + forMs, 0);
  const behind = plan.steps
    .slice(0, state.step)
    .reduce((sum, { forMs }) => sum + forMs, Math.min(state.inStepMs, plan.steps[state.step]?.forMs ?? 0));
  return whole > 0 ? behind / whole : state.step / plan.steps.length;
}

/** What is left of the plan at least: `12 min left at least`; undefined once it is over. */
export function leftWords({ plan, state }: Told): string | undefined {
  if (state.phase !== "running" && state.phase !== "paused") return undefined;
  const leftMs = plan.steps
    .slice(state.step)
    .reduce((sum, { forMs }, at) => sum + (at === 0 ? Math.max(0, forMs - state.inStepMs) : forMs), 0);
  return leftMs > 0 ? `${aboutSpan(leftMs)} left at least` : "its time is over";
}
