import type { Step } from "@weir/rollout";
import { leastMs, percentOf, type StepWay, wayOf } from "./plan-draft.ts";

/** How time is laid out: a step has `leastPx`, so that it can be seen and caught, and `pxPerMs` for its time on top. */
export interface TimeScale {
  readonly leastPx: number;
  readonly pxPerMs: number;
}

export interface Stair {
  readonly index: number;
  readonly way: StepWay;
  /** 0 to 1, of the whole height. */
  readonly share: number;
  readonly leftPx: number;
  readonly widthPx: number;
  /** Since the plan's beginning, at least. */
  readonly fromMs: number;
}

const caughtPx = 40;
/** What a time of nothing is drawn as, where the whole plan has none. */
const unscaledMs = 600_000;

/** Fits steps into a width. While one is dragged the scale stays as it was, so that its border stays under the pointer. */
export function timeScale(steps: readonly Step[], widthPx: number): TimeScale {
  const leastPx = Math.min(caughtPx, (0.7 * widthPx) / Math.max(1, steps.length));
  const freePx = Math.max(0, widthPx - leastPx * steps.length);
  return { leastPx, pxPerMs: freePx / (leastMs(steps) || unscaledMs) };
}

export function staircase(steps: readonly Step[], { leastPx, pxPerMs }: TimeScale): Stair[] {
  let [leftPx, fromMs] = [0, 0];
  return steps.map((step, index) => {
    const stair = {
      ...{ index, way: wayOf(step), share: percentOf(step) / 100 },
      ...{ leftPx, widthPx: leastPx + step.forMs * pxPerMs, fromMs },
    };
    leftPx += stair.widthPx;
    fromMs += step.forMs;
    return stair;
  });
}

/** The time that a step has when its right border is dragged so far from where it was; 0 or more, not rounded. */
export function draggedSpan(forMs: number, byPx: number, { pxPerMs }: TimeScale): number {
  return pxPerMs > 0 ? Math.max(0, forMs + byPx / pxPerMs) : forMs;
}

/** Where in its drawing a rollout stands, in pixels from the left: the part of its step's time that it has been through. */
export function standsAtPx(stairs: readonly Stair[], steps: readonly Step[], at: Standing): number {
  const [stair, step] = [stairs[at.step], steps[at.step]];
  if (stair === undefined || step === undefined) return 0;
  const part = step.forMs > 0 ? Math.min(1, at.inStepMs / step.forMs) : 1;
  return stair.leftPx + stair.widthPx * part;
}

export interface Standing {
  readonly step: number;
  readonly inStepMs: number;
}
