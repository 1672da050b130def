import type { Window } from "@weir/domain";
import { msToNs } from "../time.ts";
import { firstWidthNs, nextWidth, type Slice, sliceBefore } from "./slice.ts";

/** How long one question may look for evidence, and by which clock. */
export interface LookBack {
  /** Milliseconds after which nothing older is looked for, about. */
  readonly budgetMs?: number;
  readonly clock?: () => number;
}

/**
 * Reads a window slice by slice from its end on, until it is through or the time is up.
 * @returns from when on everything was read; the window's start if all of it was.
 */
export async function newestFirst(
  window: Window,
  { budgetMs = 100, clock = () => performance.now() }: LookBack,
  read: (slice: Slice) => Promise<void>,
): Promise<number> {
  const fromNs = msToNs(window.fromMs);
  const untilMs = clock() + budgetMs;
  let atNs = msToNs(window.toMs);
  let widthNs = firstWidthNs;
  while (atNs > fromNs && clock() < untilMs) {
    const slice = sliceBefore(atNs, widthNs, fromNs);
    const beganMs = clock();
    await read(slice);
    widthNs = nextWidth(widthNs, clock() - beganMs);
    atNs = slice.fromNs;
  }
  return Number(atNs / 1_000_000n);
}
