import { mergeHistograms } from "@weir/domain";
import type { Signals } from "@weir/rollout";

/** Of two stretches of time, or two versions, together. */
export function addSignals(a: Signals, b: Signals): Signals {
  return {
    requests: a.requests + b.requests,
    failures: a.failures + b.failures,
    durations: mergeHistograms([a.durations, b.durations]),
  };
}
