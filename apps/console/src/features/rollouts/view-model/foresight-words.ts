import type { ForeseenStep, Step } from "@weir/rollout";
import { formatCount, plural } from "../../../ui/format/numbers.ts";
import { pointsText } from "./check-words.ts";
import { aboutSpan } from "./span-text.ts";

/** Does a step's time bring what it needs? `unknown`: nobody can say. */
export type Sufficiency = "enough" | "longer" | "never" | "unknown";

export interface ForesightWords {
  readonly sufficiency: Sufficiency;
  /** Whether the time is enough, in a few words. */
  readonly verdict: string;
  /** The canary's requests in it. */
  readonly requests: string;
  /** What each comparison can see by its end. */
  readonly effects: readonly string[];
  /** 0 to 1: of what it needs, so much comes in its time. */
  readonly part: number | undefined;
}

const effectWords = { successRate: "that fail", latency: "that are slow" } as const;

export function foresightWords(step: Step, seen: ForeseenStep): ForesightWords {
  const { requests, wanted, likelyMs, checks } = seen;
  const effects = checks.flatMap(({ check, smallestEffect }) =>
    smallestEffect === undefined ? [] : [`${pointsText(smallestEffect)} points ${effectWords[check]}`],
  );
  const told = {
    requests:
      requests === undefined ? "as many as match" : `about ${plural(Math.round(requests), "request")}`,
    effects,
  };
  if ("match" in step)
    return { ...told, sufficiency: "unknown", verdict: "nobody knows how many match", part: undefined };
  if (wanted === undefined)
    return { ...told, sufficiency: "never", verdict: "no number of requests would do", part: 0 };
  if (wanted === 0) return { ...told, sufficiency: "enough", verdict: "needs no requests", part: 1 };
  if (requests === undefined || (requests === 0 && step.forMs > 0))
    return { ...told, sufficiency: "never", verdict: "no requests now: it would wait", part: 0 };
  const part = Math.min(1, requests / wanted);
  if (requests >= wanted)
    return { ...told, sufficiency: "enough", verdict: `enough: needs about ${formatCount(wanted)}`, part };
  const takes = likelyMs === undefined ? "" : `, some ${aboutSpan(likelyMs)}`;
  return { ...told, sufficiency: "longer", verdict: `needs about ${formatCount(wanted)}${takes}`, part };
}

/** The whole plan in a sentence: `At least 20 min in 4 steps; as requests come now, about 50 min.` */
export function planForesight(steps: readonly Step[], seen: readonly ForeseenStep[]): string {
  const least = steps.reduce((sum, { forMs }) => sum + forMs, 0);
  const head = `At least ${aboutSpan(least)} in ${plural(steps.length, "step")}`;
  const likely = seen.map(({ likelyMs }) => likelyMs);
  if (likely.every((ms) => ms !== undefined)) {
    const sum = likely.reduce((a, b) => a + b, 0);
    return sum > least * 1.1
      ? `${head}; as requests come now, about ${aboutSpan(sum)}.`
      : `${head}, and hardly more.`;
  }
  return `${head}; how long in all, nobody can say${steps.some(({ approval }) => approval) ? ": somebody has to approve" : ""}.`;
}
