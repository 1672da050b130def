import type { Finding } from "@weir/domain";
import { requestsWanted } from "../decide/decide.ts";
import type { RolloutState } from "../decide/state.ts";
import { spanWords } from "../decide/words.ts";
import { longestDurationMs, type RolloutPlan } from "../plan/plan.ts";
import type { ForeseenStep } from "./foresee-plan.ts";

/**
 * That a plan will likely pause before its end: with requests as they come now, its steps take longer than `maxDurationMs`. A step
 * of which nobody can say how long it takes counts with its shortest time, so what is said is the least there is to expect.
 * `state`: of the rollout that is to go on by this plan; only what lies ahead counts then, and what it has run already.
 */
export function durationFindings(
  plan: RolloutPlan,
  foreseen: readonly ForeseenStep[],
  state?: RolloutState,
): Finding[] {
  const ahead = plan.steps.flatMap(({ forMs }, at) => {
    const likelyMs = foreseen[at]?.likelyMs ?? forMs;
    return at < (state?.step ?? 0) ? [] : [{ at, likelyMs, overMs: likelyMs - forMs }];
  });
  const leftMs = ahead.reduce((sum, { likelyMs }) => sum + likelyMs, 0);
  const wholeMs = leftMs + ranBefore(state);
  const [slowest] = ahead.toSorted((a, b) => b.overMs - a.overMs);
  if (slowest === undefined || wholeMs <= plan.maxDurationMs) return [];
  const { at, likelyMs } = slowest;
  const message =
    `as requests come now, the steps${state ? " left" : ""} take about ${spanWords(leftMs)}, step ${at + 1} alone ${spanWords(likelyMs)}: ` +
    `the rollout would pause after ${spanWords(plan.maxDurationMs)}, before its end`;
  const ways = [
    ...(state ? ["give the steps ahead larger weights"] : easing(plan, at, foreseen[at])),
    ...(wholeMs <= longestDurationMs ? [raising(wholeMs)] : []),
  ];
  return [{ code: "pauses-early", path: "steps", severity: "warning", message, fix: sentence(ways) }];
}

/** The present step apart, which counts as a whole. Whoever lets a paused rollout go on gives it all of its time anew. */
function ranBefore(state: RolloutState | undefined): number {
  if (state === undefined || state.phase === "paused") return 0;
  return Math.max(0, state.ranMs - state.inStepMs);
}

/** What makes a step wait for fewer requests, or get more of them. */
function easing({ steps }: RolloutPlan, at: number, seen: ForeseenStep | undefined): string[] {
  const step = steps[at];
  if (step === undefined) return [];
  const compared = Math.max(0, ...(seen?.checks ?? []).map(({ needed = 0 }) => needed));
  return [
    compared >= requestsWanted(step)
      ? "allow the checks a wider margin"
      : `ask for fewer requests in step ${at + 1}`,
    ...(at < steps.length - 1
      ? [`give step ${at + 1} a larger ${"mirror" in step ? "share" : "weight"}`]
      : []),
  ];
}

/** In whole hours, for what is foreseen is not exact. */
function raising(wholeMs: number): string {
  const ms = Math.ceil(wholeMs / 3_600_000) * 3_600_000;
  return `raise maxDurationMs to ${ms} (${spanWords(ms)}) or more`;
}

function sentence(ways: readonly string[]): string {
  const [first = "", ...rest] = new Intl.ListFormat("en", { type: "disjunction" }).format(ways);
  return `${first.toUpperCase()}${rest.join("")}.`;
}
