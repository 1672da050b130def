import type { Window } from "@weir/domain";

const slotMs = 10_000;
/** Sidecars report every two seconds and not at once: so long after its end, all of a slot has come. */
const lagMs = 5_000;
/** After an absence no more than an hour is read at a time. */
const mostSlots = 360;

/**
 * Whole slots of ten seconds after a time of which all telemetry has come: something of a later one was heard. Undefined where
 * there is none.
 */
export function newSlots({
  sinceMs,
  newestEndMs,
  nowMs,
}: {
  readonly sinceMs: number;
  /** End of the newest slot that anything is known of. */
  readonly newestEndMs: number | undefined;
  readonly nowMs: number;
}): Window | undefined {
  if (newestEndMs === undefined) return undefined;
  const fromMs = Math.ceil(sinceMs / slotMs) * slotMs;
  const wholeMs = Math.floor(Math.min(newestEndMs - slotMs, nowMs - lagMs) / slotMs) * slotMs;
  const toMs = Math.min(wholeMs, fromMs + mostSlots * slotMs);
  return toMs > fromMs ? { fromMs, toMs } : undefined;
}

/**
 * What is passed over while the mesh is on hold, and no policy acts: all that was heard of, and the slots in which it may be
 * released. Undefined where nothing new was heard of.
 */
export function heldSlots(sinceMs: number, newestEndMs: number | undefined): Window | undefined {
  if (newestEndMs === undefined) return undefined;
  const fromMs = Math.ceil(sinceMs / slotMs) * slotMs;
  const toMs = newestEndMs + 2 * slotMs;
  return toMs > fromMs ? { fromMs, toMs } : undefined;
}
