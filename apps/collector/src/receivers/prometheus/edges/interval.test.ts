import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { totalOf } from "./bucket-counts.ts";
import type { EdgeTraffic } from "./edge-traffic.ts";
import { slotsOf, spreadTraffic } from "./interval.ts";

const end = { namespace: "", service: "a", version: "" };
const traffic: EdgeTraffic = {
  ...{ reporter: "source", source: end, destination: end, answer: {}, key: "" },
  ...{ requests: 10, requestBytes: 1000, responseBytes: 3, seconds: 5, exemplars: [] },
  buckets: new Map([
    [1, 5],
    [2, 5],
  ]),
};

test.each`
  fromMs    | toMs      | cuts
  ${10_000} | ${20_000} | ${[]}
  ${14_000} | ${24_000} | ${[20_000]}
  ${14_000} | ${44_000} | ${[20_000, 30_000, 40_000]}
  ${14_000} | ${14_000} | ${[]}
  ${20_000} | ${20_001} | ${[]}
`("$fromMs to $toMs is cut at $cuts", ({ fromMs, toMs, cuts }) => {
  const pieces = slotsOf({ fromMs, toMs });
  expect(pieces.map((piece) => piece.fromMs)).toEqual([fromMs, ...cuts]);
  expect(pieces.map((piece) => piece.toMs)).toEqual([...cuts, toMs]);
});

test("a request is not cut into pieces", () => {
  const one = { ...traffic, requests: 1, requestBytes: 0, responseBytes: 0, buckets: new Map([[4, 1]]) };
  const shares = spreadTraffic(one, slotsOf({ fromMs: 0, toMs: 60_000 }));
  expect(shares.map((share) => [share.traffic.requests, [...share.traffic.buckets]])).toEqual([
    [1, [[4, 1]]],
  ]);
});

describe("any interval", () => {
  const interval = fc
    .tuple(fc.nat({ max: 2e12 }), fc.oneof(fc.nat({ max: 60_000 }), fc.nat({ max: 1e9 })))
    .map(([fromMs, length]) => ({ fromMs, toMs: fromMs + length }));
  const amounts = fc.record({
    requests: fc.nat({ max: 5000 }),
    requestBytes: fc.nat(),
    responseBytes: fc.nat(),
    seconds: fc.double({ min: 0, max: 1e6, noNaN: true }),
    buckets: fc
      .array(fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: 1, max: 5000 })), { maxLength: 5 })
      .map((all) => new Map(all)),
  });

  test("has at most sixty pieces, in each of which nothing is lost", () => {
    fc.assert(
      fc.property(interval, amounts, (whole, change) => {
        const pieces = slotsOf(whole);
        expect(pieces.length).toBeLessThanOrEqual(60);
        expect(pieces[0]?.fromMs).toBe(whole.fromMs);
        expect(pieces.at(-1)?.toMs).toBe(whole.toMs);
        const shares = spreadTraffic({ ...traffic, ...change }, pieces).map((share) => share.traffic);
        const sumOf = (of: (own: EdgeTraffic) => number) => shares.reduce((sum, own) => sum + of(own), 0);
        expect(sumOf((own) => own.requests)).toBe(change.requests);
        expect(sumOf((own) => own.requestBytes)).toBe(change.requestBytes);
        expect(sumOf((own) => own.responseBytes)).toBe(change.responseBytes);
        for (const [index, count] of change.buckets)
          expect(sumOf((own) => own.buckets.get(index) ?? 0)).toBe(count);
        if (totalOf(change.buckets) > 0) expect(sumOf((own) => own.seconds)).toBeCloseTo(change.seconds, 3);
      }),
    );
  });

  test("short of ten minutes stays within a slot with each piece", () => {
    fc.assert(
      fc.property(fc.nat({ max: 2e12 }), fc.nat({ max: 580_000 }), (fromMs, length) => {
        for (const piece of slotsOf({ fromMs, toMs: fromMs + length }))
          expect(Math.floor(Math.max(piece.fromMs, piece.toMs - 1) / 10_000)).toBe(
            Math.floor(piece.fromMs / 10_000),
          );
      }),
    );
  });
});
