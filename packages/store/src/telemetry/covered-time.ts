import type { Window } from "@weir/domain";
import type { Sql } from "../connection/open-sql.ts";
import { type EdgeLevel, slotStart } from "./edges/edge-levels.ts";
import { type MarkedLevel, readEdgeMarks } from "./edges/rollup-marks.ts";
import { tileWindow } from "./edges/tile-window.ts";
import { slotMs } from "./time.ts";

/** Sidecars export every few seconds; what is younger than this may still be on its way. */
const lagMs = 20_000;

/**
 * The part of a window that the stored slots tell about, which is what rates are divided by:
 * from the first slot there is at all (a mesh that runs for a minute has no 15 minutes to divide by),
 * to the end of the newest slot as long as data is flowing, so that the seconds still on their way don't count as
 * quiet ones. Nothing newer for 20 s is real silence, and counts to the window's end.
 * Never shorter than one slot.
 */
export async function readCoveredTime(sql: Sql, window: Window): Promise<Window> {
  const levels = await readEdgeMarks(sql);
  const [row] = await sql.unsafe<{ oldest: number | null; newest: number | null }[]>(
    `SELECT min(oldest)::float8 AS oldest, max(newest)::float8 AS newest FROM (${edgeTimes(levels, window)}) AS times`,
  );
  return coveredTime(countedOf(window, levels), row?.oldest ?? undefined, row?.newest ?? undefined);
}

/** What is counted of a window: more than it where only slots longer than those of 10 s are kept. */
function countedOf(window: Window, levels: readonly MarkedLevel<EdgeLevel>[]): Window {
  const tiles = tileWindow(window, levels);
  const [fromMs = window.fromMs, toMs = window.toMs] = [tiles[0]?.fromMs, tiles.at(-1)?.toMs];
  return { fromMs, toMs: toMs - window.toMs < slotMs ? window.toMs : toMs };
}

/** Slots older than this before a window say as much as the oldest of all: the window is covered from its start. */
const maxLookBackMs = 60_000;

/** Each stretch of time is told by the finest slots that are kept of it; and the newest ones by what is not folded yet. */
function edgeTimes(levels: readonly MarkedLevel<EdgeLevel>[], window: Window): string {
  const [fromMs, toMs] = [Math.floor(window.fromMs - maxLookBackMs), Math.ceil(window.toMs)];
  const newest = Math.floor((toMs - 1) / slotMs) * slotMs;
  const times = [
    `SELECT min(GREATEST(first_slot_ms, ${fromMs})) AS oldest, max(LEAST(last_slot_ms, ${newest})) AS newest
     FROM edge_delta WHERE first_slot_ms < ${toMs} AND last_slot_ms >= ${fromMs}`,
  ];
  let untilMs = toMs;
  for (const [i, { level, keptFromMs }] of levels.entries()) {
    const sinceMs = i === levels.length - 1 ? fromMs : Math.max(fromMs, keptFromMs);
    if (sinceMs >= untilMs) continue;
    const longer = level.slotMs - slotMs; // from the start of a slot to that of its last ten seconds
    times.push(
      `SELECT min(slot_ms), max(slot_ms) + ${longer} FROM ${level.table}
       WHERE slot_ms >= ${slotStart(level, sinceMs)} AND slot_ms < ${untilMs}`,
    );
    untilMs = sinceMs;
  }
  return times.join(" UNION ALL ");
}

/** @param oldest and @param newest start of the first and last slot there is before the window's end. */
export function coveredTime(window: Window, oldest: number | undefined, newest: number | undefined): Window {
  const start = Math.floor(window.fromMs / slotMs) * slotMs;
  if (oldest === undefined || newest === undefined) return { fromMs: start, toMs: window.toMs };
  const fromMs = Math.max(start, oldest);
  const newestEnd = newest + slotMs;
  const toMs = newestEnd >= window.toMs - lagMs ? Math.min(window.toMs, newestEnd) : window.toMs;
  return { fromMs, toMs: Math.max(toMs, fromMs + slotMs) };
}
