import type { Pair } from "./arm.ts";
import { bunchSize } from "./bunching.ts";
import { samplesNeeded, smallestEffect } from "./sample-size.ts";
import type { ComparisonSettings, ShareComparison } from "./share-comparison.ts";
import { totalWealth } from "./wealth.ts";

/**
 * `better` and `no worse` (by the margin) let a step pass, `worse` ends the rollout. `not enough evidence` does
 * neither: it is no verdict about the canary, but one about the number of requests.
 */
export type Verdict = "better" | "no worse" | "worse" | "not enough evidence";

export interface ComparisonVerdict {
  readonly verdict: Verdict;
  /** Requests and hits of the present step. */
  readonly inStep: Pair;
  /** And since the rollout began. */
  readonly all: Pair;
  /**
   * The canary's share less the baseline's, -1 to 1. `low` holds at the level of `worse` for the whole rollout, `high` at the
   * level for passing and for the present step; both at all times together.
   */
  readonly interval: { readonly low: number; readonly high: number };
  readonly margin: number;
  /** E-value against "no worse", and what it must reach. */
  readonly harm: { readonly evidence: number; readonly wanted: number };
  /** E-value against "worse by the margin or more", and what it must reach. */
  readonly safety: { readonly evidence: number; readonly wanted: number };
  /** Requests that hit together, about, from 1. */
  readonly bunchSize: number;
  /** See `smallestEffect`; 0 to 1. */
  readonly smallestEffect: number | undefined;
  /** See `samplesNeeded`; canary requests. */
  readonly samplesNeeded: number | undefined;
}

export function judgeComparison(
  comparison: ShareComparison,
  settings: ComparisonSettings,
): ComparisonVerdict {
  const { differences, level, passLevel, margin } = settings;
  const above = comparison.above.map(totalWealth);
  const below = comparison.below.map(totalWealth);
  const worst = above.findLastIndex((evidence) => evidence >= 1 / level);
  const best = below.findIndex((evidence) => evidence >= 1 / passLevel);
  const low = differences[worst] ?? -1;
  const high = Math.max(low, differences[best] ?? 1);
  const [harm, safety] = [above[differences.indexOf(0)]!, below[differences.indexOf(margin)]!];
  return {
    verdict: verdictOf(low, high, margin),
    ...{ inStep: comparison.inStep, all: comparison.all, interval: { low, high }, margin },
    harm: { evidence: harm, wanted: 1 / level },
    safety: { evidence: safety, wanted: 1 / passLevel },
    bunchSize: bunchSize(comparison.bunching),
    smallestEffect: smallestEffect(comparison, settings),
    samplesNeeded: samplesNeeded(comparison, settings),
  };
}

function verdictOf(low: number, high: number, margin: number): Verdict {
  if (low >= 0) return "worse";
  if (high <= 0) return "better";
  return high <= margin ? "no worse" : "not enough evidence";
}
