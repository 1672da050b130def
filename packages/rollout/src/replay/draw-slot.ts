import type { SparseHistogram } from "@weir/domain";
import { randomBinomial } from "d3-random";
import type { Signals } from "../analysis/analysis.ts";

/** What the canary would have made of one slot, worked out before any run. */
export interface DegradedSlot extends Signals {
  /** Bucket that the canary answers in, for each bucket of `durations`. */
  readonly slowed: readonly number[];
}

export interface Harm {
  /** Chance of a request that succeeds to fail at the canary, 0 to 1. */
  readonly addedFailures: number;
  /** Requests in buckets above this one are slow. */
  readonly slowBucket: number;
}

/** A slot by chance: each of its requests went to the canary with the same chance. */
export interface DrawnSlot {
  readonly canary: Signals;
  readonly baseline: Signals;
  /** Requests that failed at the canary, or were slow, and would not have been so at the baseline. */
  readonly suffered: number;
}

/** Draws slots. Binomial draws are exact, and take no longer for many requests than for few. */
export function slotDrawer(random: () => number) {
  const binomial = randomBinomial.source(random);
  const draw = (count: number, chance: number) => {
    if (count === 0 || chance <= 0) return 0;
    if (chance >= 1) return count;
    if (count > 16) return binomial(count, chance)();
    let hits = 0;
    for (let each = 0; each < count; each++) if (random() < chance) hits++;
    return hits;
  };

  /** `share` of the requests (0 to 1) are the canary's; of copies the baseline keeps all. `harm` absent: it does none. */
  return (slot: DegradedSlot, share: number, harm: Harm | undefined, copies: boolean): DrawnSlot => {
    const taken = slot.durations.counts.map((count) => draw(count, share));
    const requests = sumOf(taken);
    const rest = slot.requests - requests;
    const alike = Math.min(requests, Math.max(slot.failures - rest, draw(slot.failures, share)));
    const added = harm === undefined ? 0 : draw(requests - alike, harm.addedFailures);
    const slow = harm === undefined ? 0 : newlySlow(slot, taken, harm.slowBucket);
    return {
      canary: {
        requests,
        failures: alike + added,
        durations: histogramOf(harm === undefined ? slot.durations.indexes : slot.slowed, taken),
      },
      baseline: copies
        ? slot
        : {
            requests: rest,
            failures: slot.failures - alike,
            durations: histogramOf(
              slot.durations.indexes,
              slot.durations.counts.map((count, at) => count - taken[at]!),
            ),
          },
      suffered: copies || requests === 0 ? 0 : Math.round(slow + added * (1 - slow / requests)), // some are both
    };
  };
}

function newlySlow({ durations, slowed }: DegradedSlot, taken: readonly number[], bucket: number): number {
  let slow = 0;
  for (let at = 0; at < taken.length; at++)
    if (durations.indexes[at]! <= bucket && slowed[at]! > bucket) slow += taken[at]!;
  return slow;
}

/** Without the empty buckets, and with those that have become one added together. */
function histogramOf(buckets: readonly number[], taken: readonly number[]): SparseHistogram {
  const indexes: number[] = [];
  const counts: number[] = [];
  for (let at = 0; at < buckets.length; at++) {
    if (taken[at] === 0) continue;
    if (indexes.at(-1) === buckets[at]) counts[counts.length - 1]! += taken[at]!;
    else {
      indexes.push(buckets[at]!);
      counts.push(taken[at]!);
    }
  }
  return { indexes, counts };
}

function sumOf(counts: readonly number[]): number {
  let sum = 0;
  for (const count of counts) sum += count;
  return sum;
}
