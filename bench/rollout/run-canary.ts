import {
  type Analysis,
  type AnalysisSettings,
  analysisSettings,
  decide,
  followRollout,
  hasEnded,
  judge,
  observeTick,
  type RolloutState,
  startAnalysis,
  startRollout,
  trafficOf,
} from "@weir/rollout";
import { FlaggerRule } from "./flagger-rule.ts";
import type { Scenario } from "./scenario.ts";
import { drawTick, tickMs } from "./traffic.ts";

export interface CanaryRun {
  /** Of the rollout, at the end: `stopped` by another split of requests, or after the time that it may last. */
  readonly end: "takenBack" | "stopped" | "succeeded" | "still watched";
  readonly endMs: number;
  /** Undefined: never, or not asked. */
  readonly flaggerMs: number | undefined;
}

/** One canary from its first request on, judged after each tick. */
export function runCanary(scenario: Scenario, settings: AnalysisSettings, random: () => number): CanaryRun {
  const { plan, forMs, beside } = scenario;
  const flagger = new FlaggerRule();
  let state: RolloutState = startRollout(0);
  let analysis: Analysis = startAnalysis(settings);
  let endMs = forMs;
  for (let atMs = 0; atMs < forMs && (isGoing(state) || beside); atMs += tickMs) {
    const traffic = trafficOf(plan, isGoing(state) ? state : startRollout(0));
    const tick = drawTick(scenario, atMs, traffic.kind === "weight" ? traffic.canary : 0, random);
    if (beside) flagger.observe(tick);
    if (!isGoing(state)) {
      if (flagger.takenBackMs !== undefined) break;
      continue;
    }
    analysis = observeTick(analysis, tick, settings);
    state = decide(state, judge(analysis, settings), plan, tick.toMs).state;
    analysis = followRollout(analysis, state);
    if (!isGoing(state)) endMs = tick.toMs;
  }
  return { end: endOf(state), endMs, flaggerMs: flagger.takenBackMs };
}

/** Intervals are not looked at here, so that two differences are enough: none, and the margin. */
export function quickSettings({ plan }: Scenario): AnalysisSettings {
  return analysisSettings(plan, (margin) => [0, margin]);
}

function isGoing(state: RolloutState): boolean {
  return !hasEnded(state) && state.phase !== "paused";
}

function endOf({ phase }: RolloutState): CanaryRun["end"] {
  if (phase === "rolledBack") return "takenBack";
  if (phase === "paused") return "stopped";
  return phase === "succeeded" ? "succeeded" : "still watched";
}
