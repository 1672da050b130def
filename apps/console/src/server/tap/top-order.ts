import type { TopKey, TopSort } from "@weir/store";

/** What requests can be put together by, in the order in which a row says it. No schema here: pages import it. */
export const topKeys = [
  "source",
  "destination",
  "version",
  "method",
  "path",
  "status",
] as const satisfies readonly TopKey[];

/** What is measured of a row. */
export const topMeasures = [
  "requests",
  "errors",
  "success",
  "p50",
  "p95",
  "p99",
] as const satisfies readonly TopSort[];

export const topSorts: readonly TopSort[] = [...topKeys, ...topMeasures];

/** What rows are put together by unless somebody chooses. */
export const topKeysUnlessTold: readonly TopKey[] = ["destination", "method", "path"];

/** Rows can be sorted by what they show only. */
export function isSortable(sort: TopSort, by: readonly TopKey[]): boolean {
  return isMeasure(sort) || by.some((key) => key === sort);
}

/** Where the first row is the one that is looked for: the most and the slowest, but the least success and the first name. */
export function isDescendingUnlessTold(sort: TopSort): boolean {
  return sort !== "success" && isMeasure(sort);
}

function isMeasure(sort: TopSort): boolean {
  return topMeasures.some((measure) => measure === sort);
}
