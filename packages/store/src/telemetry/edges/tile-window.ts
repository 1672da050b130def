import type { Window } from "@weir/domain";
import { latestMs } from "../time.ts";
import type { MarkedLevel } from "./rollup-marks.ts";

/** Neighbouring slots of one level, from the first one's start to the last one's end. */
export interface Tile<L> extends Window {
  readonly level: L;
}

export interface Tiling {
  /** Longest slots to use, for a question that wants to tell times apart. */
  readonly longestMs?: number;
  /** Intervals, counted from 1970, over whose borders no slot may reach. */
  readonly stepMs?: number;
}

interface Level {
  readonly slotMs: number;
}

/**
 * The window as the fewest slots that make it up: no two of them overlap, and nothing between them is left out. A slot
 * of the finest level counts when it starts before the window's end and does not end before its start; where only
 * coarser ones are kept, one of theirs does, whatever the tiling.
 *
 * @param levels from the finest to the coarsest; each slot's length is a multiple of those before.
 * @returns tiles in the order of time, without gaps; none for a window without length.
 */
export function tileWindow<L extends Level>(
  window: Window,
  levels: readonly MarkedLevel<L>[],
  { longestMs = Number.POSITIVE_INFINITY, stepMs = 0 }: Tiling = {},
): Tile<L>[] {
  const [fromMs, toMs] = [Math.max(0, window.fromMs), Math.min(window.toMs, latestMs)];
  if (!(toMs > fromMs)) return [];
  const usable = levels.filter(
    ({ level: { slotMs } }, i) => i === 0 || (slotMs <= longestMs && stepMs % slotMs === 0),
  );
  const endMs = -floorTo(finestKept(levels, toMs - 1).level.slotMs, -toMs);
  const tiles: Tile<L>[] = [];
  for (let atMs = floorTo(finestKept(levels, fromMs).level.slotMs, fromMs); atMs < endMs; ) {
    const marked = usable.findLast((own) => holds(own, atMs, endMs));
    const { level } = marked ?? finestKept(levels, atMs);
    const untilMs = marked ? runEnd(marked, usable, atMs, endMs) : atMs + level.slotMs;
    const before = tiles.at(-1);
    if (before?.level === level) tiles[tiles.length - 1] = { ...before, toMs: untilMs };
    else tiles.push({ level, fromMs: atMs, toMs: untilMs });
    atMs = untilMs;
  }
  return tiles;
}

/** Whether one of its slots starts there, ends before the end, and can be asked for. */
function holds({ level, keptFromMs, completeUntilMs }: MarkedLevel<Level>, atMs: number, endMs: number) {
  const { slotMs } = level;
  return atMs % slotMs === 0 && atMs >= keptFromMs && atMs + slotMs <= Math.min(endMs, completeUntilMs);
}

/** Where the slots from here on end, or longer ones begin. */
function runEnd(
  { level, completeUntilMs }: MarkedLevel<Level>,
  usable: readonly MarkedLevel<Level>[],
  atMs: number,
  endMs: number,
): number {
  let untilMs = floorTo(level.slotMs, Math.min(endMs, completeUntilMs));
  for (const longer of usable) {
    const { slotMs } = longer.level;
    if (slotMs <= level.slotMs) continue;
    const nextMs = Math.ceil(Math.max(atMs + 1, longer.keptFromMs) / slotMs) * slotMs;
    if (holds(longer, nextMs, endMs)) untilMs = Math.min(untilMs, nextMs);
  }
  return untilMs;
}

function floorTo(slotMs: number, ms: number): number {
  return Math.floor(ms / slotMs) * slotMs;
}

/** What is kept longest also has what is older: rows whose clocks are off have no partition that could be dropped. */
function finestKept<L extends Level>(levels: readonly MarkedLevel<L>[], atMs: number): MarkedLevel<L> {
  const kept = levels.find(({ keptFromMs }) => atMs >= keptFromMs);
  return kept ?? levels.reduce((a, b) => (b.keptFromMs <= a.keptFromMs ? b : a));
}
