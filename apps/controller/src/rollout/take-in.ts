import {
  type AnalysisSettings,
  followRollout,
  observeTick,
  type Signals,
  type Step,
  type Tick,
} from "@weir/rollout";
import type { KeptAnalysis, StoredRollout, VersionSignals, VersionTick } from "@weir/store";
import { addSignals } from "./add-signals.ts";
import type { NewTicks } from "./new-ticks.ts";

export interface TakenIn {
  readonly analysis: KeptAnalysis;
  /** Of the present step. */
  readonly signals: VersionSignals | undefined;
}

/**
 * Takes in what is new. What came before the present step speaks for the step before, which may still be found to do harm;
 * only what began in the present step lets that pass. Until such evidence is there, evidence is of the step before, and so
 * nothing is decided on it.
 *
 * @param assignedAt share of the requests that was the canary's for all of a tick, if it was one.
 */
export function takeIn(
  {
    plan,
    state,
    analysis: known,
    signals: had,
  }: Pick<StoredRollout, "plan" | "state" | "analysis" | "signals">,
  { before, inStep, openSlot }: NewTicks,
  settings: AnalysisSettings,
  assignedAt: (tick: VersionTick) => number | undefined,
): TakenIn {
  const then = isComparable(plan.steps, known.step, state.step)
    ? before.reduce((analysis, tick) => observeTick(analysis, tickOf(tick, undefined), settings), known)
    : { ...known, toMs: before.at(-1)?.toMs ?? known.toMs };
  if (known.step !== state.step && inStep.length === 0)
    return { analysis: { ...then, openSlot }, signals: had };
  const analysis = inStep.reduce(
    (sum, tick) => observeTick(sum, tickOf(tick, assignedAt(tick)), settings),
    followRollout(then, state),
  );
  return { analysis: { ...analysis, openSlot }, signals: inStep.reduce(addTick, had) };
}

/** Whether requests were shared out by weight all along from one step to the next: in between, both versions got alike ones. */
function isComparable(steps: readonly Step[], from: number, to: number): boolean {
  const [before, now] = [steps[from], steps[to]];
  return (
    to === from + 1 && before !== undefined && now !== undefined && "weight" in before && "weight" in now
  );
}

function tickOf({ fromMs, toMs, versions }: VersionTick, assigned: number | undefined): Tick {
  const [canary, baseline] = versions as readonly [Signals, Signals];
  return { fromMs, toMs, canary, baseline, assigned };
}

function addTick(sum: VersionSignals | undefined, { fromMs, toMs, versions }: VersionTick): VersionSignals {
  const [canary, baseline] = versions as readonly [Signals, Signals];
  if (sum === undefined) return { fromMs, toMs, canary, baseline };
  return {
    ...{ fromMs: sum.fromMs, toMs },
    canary: addSignals(sum.canary, canary),
    baseline: addSignals(sum.baseline, baseline),
  };
}
