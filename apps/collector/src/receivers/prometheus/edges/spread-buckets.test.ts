import { bucketIndex, bucketLowerBound, histogramScale, quantile } from "@weir/domain";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { apportion } from "./apportion.ts";
import { dealBuckets, totalOf } from "./bucket-counts.ts";
import { spreadBuckets } from "./spread-buckets.ts";

const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
const count = fc.oneof(fc.nat({ max: 20 }), fc.nat({ max: 1e12 }));
const weight = fc.oneof(fc.nat({ max: 9 }), fc.double({ min: 0, max: 1e6, noNaN: true }));

describe("apportion", () => {
  test.each`
    total | weights         | parts
    ${10} | ${[1, 1]}       | ${[5, 5]}
    ${1}  | ${[1, 2]}       | ${[0, 1]}
    ${3}  | ${[1, 1, 1, 1]} | ${[1, 1, 0, 1]}
    ${7}  | ${[0, 0]}       | ${[0, 7]}
    ${0}  | ${[1, 5]}       | ${[0, 0]}
    ${5}  | ${[]}           | ${[]}
  `("$total by $weights is $parts", ({ total, weights, parts }) => {
    expect(apportion(total, weights)).toEqual(parts);
  });

  test("is exact, and no part is off by more than one", () => {
    fc.assert(
      fc.property(count, fc.array(weight, { minLength: 1, maxLength: 12 }), (total, weights) => {
        const parts = apportion(total, weights);
        expect(sum(parts)).toBe(total);
        expect(parts.every((part) => Number.isSafeInteger(part) && part >= 0)).toBe(true);
        if (sum(weights) > 0)
          for (const [i, part] of parts.entries())
            expect(Math.abs(part - (total * (weights[i] ?? 0)) / sum(weights))).toBeLessThanOrEqual(
              1 + total * 1e-12,
            );
      }),
    );
  });
});

describe("dealBuckets", () => {
  test("gives each part its share of all and of every bucket, and loses nothing", () => {
    const buckets = fc.array(
      fc.tuple(fc.integer({ min: -100, max: 100 }), fc.integer({ min: 1, max: 1e6 })),
      { maxLength: 15 },
    );
    fc.assert(
      fc.property(
        buckets,
        fc.array(fc.nat({ max: 9 }), { minLength: 1, maxLength: 6 }),
        (entries, weights) => {
          const whole = new Map(entries);
          const parts = dealBuckets(whole, weights);
          expect(parts.map(totalOf)).toEqual(apportion(totalOf(whole), weights));
          for (const [index, own] of whole) expect(sum(parts.map((part) => part.get(index) ?? 0))).toBe(own);
          expect(parts.every((part) => part.values().every((own) => own > 0))).toBe(true);
        },
      ),
    );
  });
});

const sparse = (buckets: ReadonlyMap<number, number>) => {
  const indexes = [...buckets.keys()].sort((a, b) => a - b);
  return { indexes, counts: indexes.map((index) => buckets.get(index) ?? 0) };
};

describe("spreadBuckets", () => {
  const istioMs = [0.5, 1, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000];

  test("one request stands in the geometric middle of its bucket", () => {
    const buckets = spreadBuckets({ bounds: [10, 40], counts: [0, 1, 0], sum: 15 }, 0.001);
    expect([...buckets]).toEqual([[bucketIndex(0.02), 1]]);
  });

  test.each`
    bounds       | counts            | total | lowest   | highest | why
    ${[1, 2, 4]} | ${[0, 0, 160]}    | ${0}  | ${2}     | ${4}    | ${"between its borders"}
    ${[1, 2, 4]} | ${[160, 0]}       | ${0}  | ${0.5}   | ${1}    | ${"the first one is a doubling"}
    ${[1, 2, 4]} | ${[0, 0, 0, 160]} | ${0}  | ${4}     | ${8}    | ${"the last one too"}
    ${[]}        | ${[160]}          | ${80} | ${0.499} | ${0.5}  | ${"without borders at the mean"}
    ${[0, 1]}    | ${[160]}          | ${0}  | ${1e-10} | ${1e-9} | ${"nothing is below a nanosecond"}
  `("$counts of $bounds lie in ($lowest, $highest]: $why", ({ bounds, counts, total, lowest, highest }) => {
    const { indexes, counts: spread } = sparse(spreadBuckets({ bounds, counts, sum: total }, 1));
    expect(sum(spread)).toBe(160);
    expect(bucketLowerBound(indexes[0] ?? 0)).toBeGreaterThanOrEqual(lowest * 0.95);
    expect(bucketLowerBound((indexes.at(-1) ?? 0) + 1)).toBeLessThanOrEqual(highest * 1.05);
  });

  test("a doubling is spread evenly over its sixteen buckets", () => {
    const { indexes, counts } = sparse(spreadBuckets({ bounds: [1, 2], counts: [0, 160], sum: 0 }, 1));
    expect(indexes).toEqual(Array.from({ length: 2 ** histogramScale }, (_, i) => i));
    expect(counts).toEqual(Array(16).fill(10));
  });

  test("counts are exact and stay between the borders of their bucket", () => {
    fc.assert(
      fc.property(
        fc.array(count, { minLength: istioMs.length + 1, maxLength: istioMs.length + 1 }),
        (counts) => {
          expect(totalOf(spreadBuckets({ bounds: istioMs, counts, sum: 0 }, 0.001))).toBe(sum(counts));
          for (const [i, own] of counts.entries()) {
            const alone = counts.map((_, at) => (at === i ? own : 0));
            const spread = spreadBuckets({ bounds: istioMs, counts: alone, sum: 0 }, 0.001);
            for (const index of spread.keys()) {
              expect(bucketLowerBound(index + 1)).toBeGreaterThanOrEqual(
                (istioMs[i - 1] ?? 0) * 0.001 * 0.999,
              );
              expect(bucketLowerBound(index)).toBeLessThanOrEqual((istioMs[i] ?? 20_000) * 0.001 * 1.001);
            }
          }
        },
      ),
      { numRuns: 50 },
    );
  });

  test("a percentile lies in the bucket in which the requests of its rank are", () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat({ max: 1000 }), { minLength: 13, maxLength: 13 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (counts, q) => {
          fc.pre(sum(counts) > 0);
          const rank = Math.max(1, Math.ceil(q * sum(counts)));
          const at = counts.findIndex((_, i) => sum(counts.slice(0, i + 1)) >= rank);
          const estimate =
            quantile(sparse(spreadBuckets({ bounds: istioMs, counts, sum: 0 }, 0.001)), q) ?? 0;
          const upper = (istioMs[at] ?? 0) * 0.001;
          const lower = at === 0 ? upper / 2 : (istioMs[at - 1] ?? 0) * 0.001;
          expect(estimate).toBeGreaterThan(lower / 1.05);
          expect(estimate).toBeLessThan(upper * 1.05);
        },
      ),
    );
  });
});
