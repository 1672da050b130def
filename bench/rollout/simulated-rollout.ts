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
  type Tick,
  trafficOf,
} from "@weir/rollout";
import type { Scenario } from "./scenario.ts";

/** A rollout as the controller would run it, on simulated requests. */
export class SimulatedRollout {
  readonly #plan: Scenario["plan"];
  readonly #settings: AnalysisSettings;
  #state: RolloutState = startRollout(0);
  #analysis: Analysis;
  /** When it ended or paused, in milliseconds since the beginning; undefined while it runs. */
  overMs: number | undefined;
  /** Of the canary, in per cent; stays after the end, for those who go on watching the same requests. */
  weight: number;

  constructor({ plan }: Scenario, settings: AnalysisSettings) {
    this.#plan = plan;
    this.#settings = settings;
    this.#analysis = startAnalysis(settings);
    this.weight = this.#assigned();
  }

  get phase(): RolloutState["phase"] {
    return this.#state.phase;
  }

  observe(tick: Tick): void {
    if (this.overMs !== undefined) return;
    this.#analysis = observeTick(this.#analysis, tick, this.#settings);
    this.#state = decide(this.#state, judge(this.#analysis, this.#settings), this.#plan, tick.toMs).state;
    this.#analysis = followRollout(this.#analysis, this.#state);
    if (hasEnded(this.#state) || this.phase === "paused") this.overMs = tick.toMs;
    else this.weight = this.#assigned();
  }

  #assigned(): number {
    const traffic = trafficOf(this.#plan, this.#state);
    return traffic.kind === "weight" ? traffic.canary : 0;
  }
}

/** Intervals are not looked at here, so that two differences are enough: none, and the margin. */
export function quickSettings({ plan }: Scenario): AnalysisSettings {
  return analysisSettings(plan, (margin) => [0, margin]);
}
