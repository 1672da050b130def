import type { Window } from "@weir/domain";
import type { Sql } from "../connection/open-sql.ts";
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
  const [row] = await sql<{ oldest: number | null; newest: number | null }[]>`
    SELECT min(slot_ms)::float8 AS oldest, max(slot_ms)::float8 AS newest FROM edge_10s
    WHERE slot_ms < ${window.toMs} AND slot_ms >= ${window.fromMs - maxLookBackMs}`;
  return coveredTime(window, row?.oldest ?? undefined, row?.newest ?? undefined);
}

/** Slots older than this before a window say as much as the oldest of all: the window is covered from its start. */
const maxLookBackMs = 60_000;

/** @param oldest and @param newest start of the first and last slot there is before the window's end. */
export function coveredTime(window: Window, oldest: number | undefined, newest: number | undefined): Window {
  const start = Math.floor(window.fromMs / slotMs) * slotMs;
  if (oldest === undefined || newest === undefined) return { fromMs: start, toMs: window.toMs };
  const fromMs = Math.max(start, oldest);
  const newestEnd = newest + slotMs;
  const toMs = newestEnd >= window.toMs - lagMs ? Math.min(window.toMs, newestEnd) : window.toMs;
  return { fromMs, toMs: Math.max(toMs, fromMs + slotMs) };
}
