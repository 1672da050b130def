import { readDuration } from "@weir/domain/browser";

const units = [
  ["h", 3_600_000],
  ["min", 60_000],
  ["s", 1_000],
] as const;

/** A time as people write it, to the second: `0 s`, `90 s`, `5 min`, `1 h 30 min`. */
export function spanText(ms: number): string {
  const whole = Math.round(ms / 1_000) * 1_000;
  if (whole < 120_000) return ms > 0 && ms < 1_000 ? `${Math.round(ms)} ms` : `${whole / 1_000} s`;
  let left = whole;
  const parts = units.flatMap(([unit, size]) => {
    const count = Math.floor(left / size);
    left -= count * size;
    return count > 0 ? [`${count} ${unit}`] : [];
  });
  return parts.join(" ");
}

/** The largest two units only, where what is told is not exact: `1 h 5 min`, `3 min`. */
export function aboutSpan(ms: number): string {
  if (ms < 120_000) return spanText(ms);
  if (ms < 3_600_000) return spanText(Math.round(ms / 60_000) * 60_000);
  return ms < 172_800_000
    ? spanText(Math.round(ms / 300_000) * 300_000)
    : `${Math.round(ms / 86_400_000)} days`;
}

/** Milliseconds of what {@link spanText} writes, and of several units in a row without blanks; undefined for anything else. */
export function readSpan(text: string): number | undefined {
  const parts = text.replaceAll(/\s+/g, "").match(/[\d.]+[a-zµμ]+/g);
  if (parts === null || parts.join("") !== text.replaceAll(/\s+/g, "")) return undefined;
  const each = parts.map(readDuration);
  return each.every((ms) => ms !== undefined) ? Math.round(each.reduce((sum, ms) => sum + ms, 0)) : undefined;
}

/** By how much a time is moved at once: fine where it is short. */
export function spanStep(ms: number): number {
  if (ms < 30_000) return 1_000;
  if (ms < 120_000) return 5_000;
  if (ms < 600_000) return 15_000;
  if (ms < 3_600_000) return 60_000;
  return ms < 6 * 3_600_000 ? 300_000 : 1_800_000;
}

/** A time at a whole number of its steps, at least 0. */
export function steppedSpan(ms: number): number {
  const step = spanStep(ms);
  return Math.max(0, Math.round(ms / step) * step);
}
