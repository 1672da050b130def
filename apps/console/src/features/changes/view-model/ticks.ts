import type { Window } from "@weir/domain";
import type { ShownChange } from "../../../server/changes/shown-change.ts";

/** Changes that are drawn as one. */
export interface Tick {
  /** Of its first change: 0 is the left border of the chart, 1 the right one. */
  readonly share: number;
  /** At least one, in the order of time. */
  readonly changes: readonly [ShownChange, ...ShownChange[]];
}

/** What two ticks need between them, so that each can be hit and read (WCAG 2.5.8), in pixels. */
const hitPx = 24;

/**
 * How far a chart may be behind what it tells of (ms): its last interval is not over, and its line ends in the middle of the
 * one before. Intervals are ten seconds long, or a 37th of the chart at most.
 */
function lagOf(lengthMs: number): number {
  return Math.max(20_000, lengthMs / 20);
}

/**
 * Changes as ticks on an axis (`toMs` is its right border) that is so many pixels wide. A change less than
 * `apartPx` after the first one of a tick belongs to that tick. What is newer than the axis by
 * what a chart may be behind stands at its right border; anything else beyond its borders is not on it.
 */
export function ticksOf(
  changes: readonly ShownChange[],
  axis: Window,
  widthPx: number,
  apartPx = hitPx,
): Tick[] {
  const lengthMs = axis.toMs - axis.fromMs;
  if (widthPx <= 0 || lengthMs <= 0) return [];
  const untilMs = axis.toMs + lagOf(lengthMs);
  const shown = changes
    .filter(({ atMs }) => atMs >= axis.fromMs && atMs <= untilMs)
    .sort((a, b) => a.atMs - b.atMs);
  const ticks: { share: number; changes: [ShownChange, ...ShownChange[]] }[] = [];
  for (const change of shown) {
    const share = Math.min(1, (change.atMs - axis.fromMs) / lengthMs);
    const last = ticks.at(-1);
    if (last && (share - last.share) * widthPx < apartPx) last.changes.push(change);
    else ticks.push({ share, changes: [change] });
  }
  return ticks;
}

/** Changes that a name of a tick spells out; more are read in the list it opens. */
const spelled = 3;

/** What a tick says to a screen reader. */
export function tickWords({ changes }: Tick, momentWords: (atMs: number) => string): string {
  const [from, to] = [momentWords(changes[0].atMs), momentWords(changes.at(-1)?.atMs ?? 0)];
  const when = from === to ? from : `${from} to ${to}`;
  const told = changes.slice(0, spelled).map(({ what, who }) => `${what}, by ${who}`);
  const more = changes.length - told.length;
  const head = changes.length === 1 ? when : `${changes.length} changes, ${when}`;
  return `${head}: ${told.join("; ")}${more > 0 ? `; and ${more} more` : ""}`;
}
