import type { CountRange } from "@weir/domain";
import { formatCount, formatShare } from "../../../ui/format/numbers.ts";

/** `5`, `at least 5`, `at most 5`, `5 to 8`; `none`. */
export function rangeWords({ atLeast, atMost }: CountRange): string {
  if (atMost === undefined) return `at least ${formatCount(atLeast)}`;
  if (atMost === 0) return "none";
  if (atLeast === atMost) return formatCount(atMost);
  return atLeast === 0
    ? `at most ${formatCount(atMost)}`
    : `${formatCount(atLeast)} to ${formatCount(atMost)}`;
}

/** Of 0 to 1, by the most there may be: `12 %`, `≤ 12 %`, `≥ 12 %`. */
export function shareWords(range: CountRange, all: number): string {
  if (range.atLeast >= all) return formatShare(1);
  const sign = range.atMost === undefined ? "≥\u202f" : range.atMost > range.atLeast ? "≤\u202f" : "";
  return `${sign}${formatShare(shareOf(range, all))}`;
}

export function shareOf(range: CountRange, all: number): number {
  return all > 0 ? Math.min(1, mostOf(range) / all) : 0;
}

/** As many as may be; where nobody can tell, as many as there are at least. */
export function mostOf({ atLeast, atMost = atLeast }: CountRange): number {
  return atMost;
}
