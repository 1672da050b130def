import type { Degradation } from "./degradation.ts";

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1_000, min: 60_000 };

/** Errors as people write them: `+2%` for points, `x3` for times. Undefined for what is neither. */
export function errorsOfText(text: string): Degradation["errors"] {
  const points = /^\+(\d{1,3}(?:\.\d{1,3})?) ?%$/.exec(text)?.[1];
  if (points !== undefined) return Number(points) <= 100 ? { points: Number(points) / 100 } : undefined;
  const times = timesOf(text);
  return times === undefined ? undefined : { times };
}

/** Latency as people write it: `x1.5` for times, `+50ms`, `+2s` or `+1min` for what is added. Undefined for what is neither. */
export function latencyOfText(text: string): Degradation["latency"] {
  const [, added, unit = ""] = /^\+(\d{1,7}(?:\.\d{1,3})?) ?(ms|s|min)$/.exec(text) ?? [];
  if (added !== undefined) {
    const addedMs = Number(added) * (unitMs[unit] ?? 0);
    return addedMs <= 3_600_000 ? { addedMs } : undefined;
  }
  const times = timesOf(text);
  return times === undefined ? undefined : { times };
}

function timesOf(text: string): number | undefined {
  const times = Number(/^x(\d{1,4}(?:\.\d{1,3})?)$/.exec(text)?.[1] ?? Number.NaN);
  return times >= 1 && times <= 1_000 ? times : undefined;
}
