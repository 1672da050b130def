import { anotherOf } from "./least-request.ts";
import type { Algorithm } from "./picker.ts";
import type { Target } from "./target.ts";
import type { Upstream } from "./upstream.ts";
import { pickByWeight } from "./weights.ts";

/** After this long without news a cost counts for 1/e of what it was (Finagle, Linkerd: 10 s). */
const decayMs = 10_000;

/**
 * Of two endpoints drawn at random the one with the lower cost * (requests under way + 1), its cost being the peak
 * of its answering times, exponentially decayed (Finagle: PeakEwma). Costs are those that this worker saw.
 */
export const peakEwmaPicker: Algorithm =
  (_all, weights) =>
  ({ list }, { random, nowMs }) => {
    if (list.length < 2) return list[0] as Target;
    const a = pickByWeight(list, weights, nowMs, random());
    const b = anotherOf(list, a, random());
    const loadOfA = loadOf(a.upstream, nowMs) / weights.of(a, nowMs);
    return loadOf(b.upstream, nowMs) / weights.of(b, nowMs) < loadOfA ? b : a;
  };

/** A time above the cost is the new cost at once; a lower one pulls it down by how long ago the last one was. */
export function observeRtt({ cost }: Upstream, rttMs: number, nowMs: number): void {
  const keep = keptAfter(nowMs - (cost.atMs ?? nowMs));
  cost.ms = rttMs > cost.ms ? rttMs : cost.ms * keep + rttMs * (1 - keep);
  cost.atMs = nowMs;
}

/** The cost as if an answer in no time had just come: who was slow once is tried again in the end. */
export function loadOf({ cost, active }: Upstream, nowMs: number): number {
  cost.atMs ??= nowMs;
  return cost.ms * keptAfter(nowMs - cost.atMs) * (active + 1);
}

function keptAfter(elapsedMs: number): number {
  return Math.exp(-Math.max(elapsedMs, 0) / decayMs);
}
