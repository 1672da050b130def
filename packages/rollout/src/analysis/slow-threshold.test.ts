import { bucketIndex, mergeHistograms, type SparseHistogram } from "@weir/domain";
import { expect, test } from "vitest";
import { countAbove, observeBaseline, startThreshold } from "./slow-threshold.ts";

const of = (...seconds: readonly number[]): SparseHistogram =>
  mergeHistograms(seconds.map((value) => ({ indexes: [bucketIndex(value)], counts: [1] })));
const times = (count: number, seconds: number) => ({ indexes: [bucketIndex(seconds)], counts: [count] });
const none: SparseHistogram = { indexes: [], counts: [] };

test("is there once one request of the baseline lies beyond the quantile", () => {
  expect(startThreshold(0.99, times(99, 0.1)).bucket).toBeUndefined();
  expect(startThreshold(0.99, times(100, 0.1)).bucket).toBe(bucketIndex(0.1));
  expect(startThreshold(0.5, of(0.1, 0.2)).bucket).toBe(bucketIndex(0.1));
});

test("lies at the baseline's quantile: one in a hundred is slow", () => {
  const durations = mergeHistograms([times(990, 0.1), times(10, 2)]);
  const { bucket } = startThreshold(0.99, durations);
  expect(countAbove(durations, bucket!)).toBe(10);
});

test("follows the baseline, by a thousand requests at a time for a p99", () => {
  const first = startThreshold(0.99, times(100, 0.1));
  const soon = observeBaseline(first, times(999, 0.8));
  expect(soon.bucket).toBe(first.bucket);
  expect(observeBaseline(soon, times(1, 0.8)).bucket).toBe(bucketIndex(0.8));
});

test("requests in the threshold's own bucket are not slow", () => {
  const durations = of(0.1, 0.2, 0.2, 0.4);
  expect(countAbove(durations, bucketIndex(0.2))).toBe(1);
  expect(countAbove(durations, bucketIndex(0.1))).toBe(3);
  expect(countAbove(durations, bucketIndex(0.5))).toBe(0);
  expect(countAbove(none, 0)).toBe(0);
});
