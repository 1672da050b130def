import type { DegradedSlot } from "./draw-slot.ts";
import { type CaughtBy, type ReplaySetting, type RunEnd, replayRun } from "./replay-run.ts";
import { type ReplayQuestion, replaySetting, runsWithin } from "./replay-setting.ts";

/** Of several runs, each counted whole: the middle one, and those that a tenth of them are below and above. */
export interface Spread {
  readonly median: number;
  readonly p10: number;
  readonly p90: number;
}

/** What came of all runs of a plan. Times in milliseconds since the rollout began; the delay of telemetry comes on top. */
export interface PlanReplay {
  readonly runs: number;
  readonly takenBack: number;
  /** Paused for somebody to look: the split of requests was wrong, or the plan took too long. */
  readonly stopped: number;
  readonly passed: number;
  /** Neither when the time was over. */
  readonly unfinished: number;
  /** Each run that was taken back or stopped, the earliest first. */
  readonly caught: readonly { readonly atMs: number; readonly step: number; readonly by: CaughtBy }[];
  readonly caughtMs: Spread | undefined;
  /** Of those that passed: the time to the end. */
  readonly passedMs: Spread | undefined;
  /** When each step began that any run came to, in the middle one of those runs. */
  readonly enteredMs: readonly number[];
  /** Requests that the canary answered, and those of them that failed or were slow and would not have been so at the baseline. */
  readonly reached: Spread;
  readonly suffered: Spread;
  /** The same of the window, once through, had all of its requests gone to the canary at once. */
  readonly straight: { readonly reached: number; readonly suffered: number };
  /** Of the runs that were not finished: where most of them were, and what one of those said. */
  readonly waiting: { readonly runs: number; readonly step: number; readonly reason: string } | undefined;
  /** See `ReplayQuestion`. */
  readonly matchedShare: number;
  readonly windowMs: number;
  /** How long a run lasts at most. Longer than the window: that was gone through again from its start. */
  readonly lengthMs: number;
}

/**
 * A plan run over past requests again and again, with a canary that is as bad as the question says. Each run draws anew which
 * requests went to the canary, so the same numbers of `random` give the same answer. Undefined: the window has no request.
 */
export function replayPlan(
  question: ReplayQuestion,
  runs: number,
  random: () => number,
): PlanReplay | undefined {
  const setting = replaySetting(question);
  if (setting === undefined) return undefined;
  const ends = Array.from({ length: runsWithin(setting, runs) }, () => replayRun(setting, random));
  return summarizeReplay(setting, ends);
}

/** For whoever runs them one by one. @param runs at least one. */
export function summarizeReplay(setting: ReplaySetting, runs: readonly RunEnd[]): PlanReplay {
  const { plan, slots, slotMs, length } = setting;
  const ending = (end: RunEnd["end"]) => runs.filter((run) => run.end === end);
  const caught = runs
    .flatMap(({ atMs, step, caughtBy: by }) => (by === undefined ? [] : [{ atMs, step, by }]))
    .sort((a, b) => a.atMs - b.atMs);
  return {
    ...{ runs: runs.length, takenBack: ending("takenBack").length, stopped: ending("stopped").length },
    ...{ passed: ending("passed").length, unfinished: ending("unfinished").length, caught },
    caughtMs: spreadOf(caught.map(({ atMs }) => atMs)),
    passedMs: spreadOf(ending("passed").map(({ atMs }) => atMs)),
    enteredMs: plan.steps.flatMap(
      (_, step) => spreadOf(runs.flatMap(({ enteredMs }) => enteredMs[step] ?? []))?.median ?? [],
    ),
    reached: spreadOf(runs.map(({ reached }) => reached))!,
    suffered: spreadOf(runs.map(({ suffered }) => suffered))!,
    straight: straightOf(setting),
    waiting: waitingOf(ending("unfinished")),
    matchedShare: setting.matchedShare,
    ...{ windowMs: slots.length * slotMs, lengthMs: length * slotMs },
  };
}

/** Undefined of nothing. */
function spreadOf(values: readonly number[]): Spread | undefined {
  if (values.length === 0) return undefined;
  const sorted = [...values].sort((a, b) => a - b);
  const at = (q: number) => sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)]!;
  return { median: at(0.5), p10: at(0.1), p90: at(0.9) };
}

function straightOf({ slots, harm }: ReplaySetting): PlanReplay["straight"] {
  return {
    reached: slots.reduce((sum, { requests }) => sum + requests, 0),
    suffered: Math.round(slots.reduce((sum, slot) => sum + sufferedIn(slot, harm), 0)),
  };
}

/** On average, of all of a slot's requests. */
function sufferedIn(
  { requests, failures, durations, slowed }: DegradedSlot,
  harm: ReplaySetting["harm"],
): number {
  if (requests === 0) return 0;
  const added = (requests - failures) * harm.addedFailures;
  const slow = durations.counts.reduce(
    (sum, count, at) =>
      durations.indexes[at]! <= harm.slowBucket && slowed[at]! > harm.slowBucket ? sum + count : sum,
    0,
  );
  return slow + added * (1 - slow / requests);
}

function waitingOf(unfinished: readonly RunEnd[]): PlanReplay["waiting"] {
  const inStep = Map.groupBy(unfinished, ({ step }) => step);
  const [most] = [...inStep].sort(([, a], [, b]) => b.length - a.length);
  if (most === undefined) return undefined;
  const [step, runs] = most;
  return { runs: runs.length, step, reason: runs[0]!.reason };
}
