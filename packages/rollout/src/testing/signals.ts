import { bucketIndex } from "@weir/domain";
import type { Signals, Tick } from "../analysis/analysis.ts";

/** Requests that took 50 ms, but for the slow ones, which took a second. */
export function signals(requests: number, failures = 0, slow = 0): Signals {
  const parts = [
    { index: bucketIndex(0.05), count: requests - slow },
    { index: bucketIndex(1), count: slow },
  ].filter(({ count }) => count > 0);
  return {
    ...{ requests, failures },
    durations: { indexes: parts.map(({ index }) => index), counts: parts.map(({ count }) => count) },
  };
}

/** The n-th tick of ten seconds. */
export function tick(n: number, canary: Signals, baseline: Signals, assigned?: number): Tick {
  return { fromMs: n * 10_000, toMs: (n + 1) * 10_000, canary, baseline, assigned };
}
