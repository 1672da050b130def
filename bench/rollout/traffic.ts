import type { Signals, Tick } from "@weir/rollout";
import { drawCount } from "./draw-count.ts";
import { type Durations, drawDurations } from "./durations.ts";
import type { Scenario } from "./scenario.ts";

/** How often the canary is judged. */
export const tickMs = 5_000;

/** The requests of the next tick, by chance: `weight` per cent of them the canary's. */
export function drawTick(scenario: Scenario, atMs: number, weight: number, random: () => number): Tick {
  const { requestsPerSecond, durations, bunch } = scenario;
  const all = (requestsPerSecond * tickMs) / 1_000;
  const ofCanary = weight >= 100 ? all : drawCount(all, weight / 100, random);
  const errors = scenario.errors(atMs);
  return {
    fromMs: atMs,
    toMs: atMs + tickMs,
    canary: drawSignals(ofCanary, { errors: errors.canary, bunch }, durations.canary, random),
    baseline: drawSignals(all - ofCanary, { errors: errors.baseline, bunch }, durations.baseline, random),
    assigned: weight / 100,
  };
}

function drawSignals(
  requests: number,
  { errors, bunch }: { readonly errors: number; readonly bunch: number },
  durations: Durations,
  random: () => number,
): Signals {
  return {
    requests,
    failures: Math.min(requests, bunch * drawCount(requests, errors / bunch, random)),
    durations: drawDurations(durations, requests, random),
  };
}
