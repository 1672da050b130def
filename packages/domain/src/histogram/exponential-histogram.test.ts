import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  bucketIndex,
  bucketLowerBound,
  emptyHistogram,
  histogramCount,
  histogramScale,
  mergeHistograms,
  quantile,
  rescaleIndex,
  type SparseHistogram,
} from "./exponential-histogram.ts";

const of = (seconds: readonly number[]): SparseHistogram =>
  mergeHistograms(seconds.map((value) => ({ indexes: [bucketIndex(value)], counts: [1] })));

/** From a nanosecond to more than a day. */
const seconds = fc.double({ min: 1e-9, max: 1e5, noNaN: true });
const sparse = fc.array(seconds, { maxLength: 30 }).map(of);

describe("bucketIndex", () => {
  test.each`
    value     | index   | why
    ${1}      | ${-1}   | ${"upper borders are inclusive"}
    ${1.0001} | ${0}    | ${"lower borders are exclusive"}
    ${2}      | ${15}   | ${"16 buckets a doubling"}
    ${0.5}    | ${-17}  | ${"16 buckets a doubling"}
    ${0}      | ${-479} | ${"zero is kept as 1 ns"}
    ${-3}     | ${-479} | ${"below zero is kept as 1 ns"}
    ${1e-9}   | ${-479} | ${"1 ns"}
  `("$value is in bucket $index: $why", ({ value, index }) => {
    expect(bucketIndex(value)).toBe(index);
  });

  test("a value lies between the borders of its bucket", () => {
    fc.assert(
      fc.property(seconds, (value) => {
        const index = bucketIndex(value);
        // A border itself may fall on either side by one rounding of the logarithm.
        expect(value).toBeGreaterThan(bucketLowerBound(index) * (1 - 1e-12));
        expect(value).toBeLessThanOrEqual(bucketLowerBound(index + 1) * (1 + 1e-12));
      }),
    );
  });
});

describe("quantile", () => {
  test("is within 2.2 % of the value at that rank", () => {
    fc.assert(
      fc.property(
        fc.array(seconds, { minLength: 1, maxLength: 200 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (values, q) => {
          const exact = [...values].sort((a, b) => a - b)[Math.max(1, Math.ceil(q * values.length)) - 1]!;
          const estimate = quantile(of(values), q)!;
          expect(Math.abs(estimate - exact) / exact).toBeLessThanOrEqual(0.022);
        },
      ),
    );
  });

  test("never falls as q rises", () => {
    fc.assert(
      fc.property(
        fc.array(seconds, { minLength: 1 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (values, a, b) => {
          const histogram = of(values);
          expect(quantile(histogram, Math.min(a, b))!).toBeLessThanOrEqual(
            quantile(histogram, Math.max(a, b))!,
          );
        },
      ),
    );
  });

  test("is undefined without values", () => {
    expect(quantile(emptyHistogram, 0.5)).toBeUndefined();
  });
});

describe("mergeHistograms", () => {
  test("is associative, commutative, and has the empty histogram as its zero", () => {
    fc.assert(
      fc.property(sparse, sparse, sparse, (a, b, c) => {
        const left = mergeHistograms([mergeHistograms([a, b]), c]);
        expect(mergeHistograms([a, mergeHistograms([b, c])])).toEqual(left);
        expect(mergeHistograms([c, b, a])).toEqual(left);
        expect(mergeHistograms([a, emptyHistogram])).toEqual(a);
      }),
    );
  });

  test("loses no count and keeps indexes ascending, each once", () => {
    fc.assert(
      fc.property(fc.array(sparse, { maxLength: 6 }), (histograms) => {
        const merged = mergeHistograms(histograms);
        expect(histogramCount(merged)).toBe(histograms.reduce((sum, h) => sum + histogramCount(h), 0));
        expect(merged.indexes).toEqual([...new Set(merged.indexes)].sort((a, b) => a - b));
        expect(merged.counts).toHaveLength(merged.indexes.length);
      }),
    );
  });

  test("equals the histogram of all values together", () => {
    fc.assert(
      fc.property(fc.array(seconds), fc.array(seconds), (a, b) => {
        expect(mergeHistograms([of(a), of(b)])).toEqual(of([...a, ...b]));
      }),
    );
  });
});

describe("rescaleIndex", () => {
  const bucketOf = (value: number, scale: number) => Math.ceil(Math.log2(value) * 2 ** scale) - 1;

  test.each`
    index   | fromScale | at
    ${7}    | ${4}      | ${7}
    ${-1}   | ${5}      | ${-1}
    ${-3}   | ${5}      | ${-2}
    ${3}    | ${5}      | ${1}
    ${1023} | ${14}     | ${0}
    ${0}    | ${3}      | ${1}
    ${-1}   | ${3}      | ${-1}
    ${0}    | ${0}      | ${8}
    ${-1}   | ${0}      | ${-8}
    ${0}    | ${-2}     | ${32}
  `("bucket $index of scale $fromScale is bucket $at", ({ index, fromScale, at }) => {
    expect(rescaleIndex(index, fromScale)).toBe(at);
  });

  test("from a finer scale it is the very bucket the value has at scale 4", () => {
    fc.assert(
      fc.property(seconds, fc.integer({ min: histogramScale, max: 12 }), (value, scale) => {
        const rescaled = rescaleIndex(bucketOf(value, scale), scale);
        // On a border the two logarithms may round to either side.
        expect(Math.abs(rescaled - bucketIndex(value))).toBeLessThanOrEqual(onBorder(value, scale) ? 1 : 0);
      }),
    );
  });

  test("from a coarser scale it stays inside the bucket it came from", () => {
    fc.assert(
      fc.property(fc.integer({ min: -40, max: 40 }), fc.integer({ min: -4, max: 3 }), (index, scale) => {
        const width = 2 ** (histogramScale - scale);
        const rescaled = rescaleIndex(index, scale);
        expect(rescaled).toBeGreaterThanOrEqual(index * width);
        expect(rescaled).toBeLessThan((index + 1) * width);
      }),
    );
  });

  function onBorder(value: number, scale: number): boolean {
    const position = Math.log2(value) * 2 ** scale;
    return Math.abs(position - Math.round(position)) < 1e-6;
  }
});
