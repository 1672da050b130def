import type { AnalysisSettings, Phase } from "@weir/rollout";
import { FlaggerRule } from "./flagger-rule.ts";
import type { Scenario } from "./scenario.ts";
import { SimulatedRollout } from "./simulated-rollout.ts";
import { drawTick, tickMs } from "./traffic.ts";

export interface CanaryRun {
  /** Of the rollout, at the end; `running`: it was still watched. */
  readonly end: Phase;
  readonly endMs: number;
  /** When Flagger's rule took the canary back; undefined: never, or not asked. */
  readonly flaggerMs: number | undefined;
}

/** One canary from its first request on, judged by both after each tick. */
export function runCanary(scenario: Scenario, settings: AnalysisSettings, random: () => number): CanaryRun {
  const rollout = new SimulatedRollout(scenario, settings);
  const flagger = scenario.beside ? new FlaggerRule() : undefined;
  const isWatched = () =>
    rollout.overMs === undefined || (flagger !== undefined && flagger.takenBackMs === undefined);
  for (let atMs = 0; atMs < scenario.forMs && isWatched(); atMs += tickMs) {
    const tick = drawTick(scenario, atMs, rollout.weight, random);
    rollout.observe(tick);
    flagger?.observe(tick);
  }
  const { phase, overMs = scenario.forMs } = rollout;
  return { end: phase, endMs: overMs, flaggerMs: flagger?.takenBackMs };
}
