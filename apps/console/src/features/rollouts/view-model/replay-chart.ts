import type { PlanReplay, Step } from "@weir/rollout";
import { percentOf, type StepWay, wayOf } from "./plan-draft.ts";

/** A step as it is drawn, in shares of the chart's width and height. */
export interface ReplayedStair {
  readonly index: number;
  readonly way: StepWay;
  readonly left: number;
  readonly width: number;
  readonly height: number;
  /** No run came to it: it is drawn by the time that it would have taken at least. */
  readonly isReached: boolean;
}

export interface CaughtBar {
  readonly fromMs: number;
  readonly toMs: number;
  readonly runs: number;
  /** Shares of the width, and of the highest bar. */
  readonly left: number;
  readonly width: number;
  readonly height: number;
}

export interface ReplayChart {
  /** Time at the right border, since the start. */
  readonly endMs: number;
  /** The plan goes on beyond the right border, until then. */
  readonly planEndMs: number | undefined;
  readonly stairs: readonly ReplayedStair[];
  readonly bars: readonly CaughtBar[];
  readonly ticks: readonly { readonly atMs: number; readonly left: number }[];
}

const bars = 40;
const mostTicks = 4;
const [secondMs, minuteMs, hourMs] = [1_000, 60_000, 3_600_000];
const tickLengths = [
  ...[10, 20, 30].map((n) => n * secondMs),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * minuteMs),
  ...[1, 2, 4, 6, 12, 24, 48, 96].map((n) => n * hourMs),
];
/** A request that is copied or chosen has no share of all; its step is as high as this. */
const leastHeight = 0.06;

/** The plan's staircase as the runs went through it, and when they were caught, on one axis of time. */
export function replayChart(steps: readonly Step[], replay: PlanReplay): ReplayChart {
  const { caught, caughtMs, enteredMs, passedMs } = replay;
  const starts = startsOf(steps, replay);
  const planEndMs = Math.max(
    passedMs?.median ?? 0,
    (starts.at(-1) ?? 0) + (steps.at(-1)?.forMs ?? 0),
    minuteMs,
  );
  const endMs =
    caughtMs === undefined ? planEndMs : Math.min(planEndMs, Math.max(2 * caughtMs.p90, minuteMs));
  return {
    endMs,
    planEndMs: endMs < planEndMs ? planEndMs : undefined,
    stairs: steps.flatMap((step, index) => {
      const fromMs = starts[index]!;
      if (fromMs >= endMs) return [];
      const toMs = Math.min(endMs, starts[index + 1] ?? planEndMs);
      return {
        ...{ index, way: wayOf(step), left: fromMs / endMs, width: (toMs - fromMs) / endMs },
        height: Math.max(leastHeight, percentOf(step) / 100),
        isReached: index < enteredMs.length,
      };
    }),
    bars: barsOf(caught, endMs),
    ticks: ticksOf(endMs),
  };
}

/** Steps that no run came to begin when the last run had left, or run out of time in, the one before, and one after the other. */
function startsOf(steps: readonly Step[], { enteredMs, unfinished, lengthMs, caught }: PlanReplay): number[] {
  const leftMs = unfinished > 0 ? lengthMs : (caught.at(-1)?.atMs ?? 0);
  const starts: number[] = [];
  for (const index of steps.keys()) {
    const before = starts[index - 1] ?? 0;
    const least = before + (steps[index - 1]?.forMs ?? 0);
    starts.push(
      Math.max(before, enteredMs[index] ?? (index === enteredMs.length ? Math.max(least, leftMs) : least)),
    );
  }
  return starts;
}

function barsOf(caught: PlanReplay["caught"], endMs: number): CaughtBar[] {
  const lengthMs = Math.max(10_000, endMs / bars);
  const runs = Map.groupBy(caught, ({ atMs }) => Math.floor((Math.min(atMs, endMs) - 1) / lengthMs));
  const most = Math.max(1, ...[...runs.values()].map(({ length }) => length));
  return [...runs].map(([at, { length }]) => ({
    ...{ fromMs: at * lengthMs, toMs: (at + 1) * lengthMs, runs: length },
    ...{ left: (at * lengthMs) / endMs, width: lengthMs / endMs, height: length / most },
  }));
}

function ticksOf(endMs: number): ReplayChart["ticks"] {
  const length = tickLengths.find((each) => endMs / each <= mostTicks) ?? endMs / mostTicks;
  return Array.from({ length: Math.floor(endMs / length) + 1 }, (_, at) => ({
    ...{ atMs: at * length, left: (at * length) / endMs },
  }));
}
