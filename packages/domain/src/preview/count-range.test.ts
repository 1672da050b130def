import fc from "fast-check";
import { expect, test } from "vitest";
import { Policy } from "../policy/policy.ts";
import { lessOthers, rangeOfObserved, sumOfRanges, unionOfRanges } from "./count-range.ts";

const routeWith = (rule: object) =>
  Policy.parse({ name: "a", namespace: "shop", targetRef: "payments", kind: "route", rules: [rule] });
const plain = routeWith({ timeoutMs: 9 });
const retrying = routeWith({ timeoutMs: 9, retry: { on: ["5xx"], attempts: 2 } });

test.each`
  effect          | policy      | range
  ${"denied"}     | ${plain}    | ${{ atLeast: 5, atMost: 5 }}
  ${"rerouted"}   | ${plain}    | ${{ atLeast: 5, atMost: 5 }}
  ${"timedOut"}   | ${plain}    | ${{ atLeast: 0, atMost: 5 }}
  ${"timedOut"}   | ${retrying} | ${{ atLeast: 5 }}
  ${"retried"}    | ${retrying} | ${{ atLeast: 5 }}
  ${"overflowed"} | ${plain}    | ${{ atLeast: 0, atMost: 5 }}
  ${"ejected"}    | ${plain}    | ${{ atLeast: 0, atMost: 5 }}
`("a count of 5 $effect", ({ effect, policy, range }) => {
  expect(rangeOfObserved(effect, 5, policy)).toEqual(range);
});

/** Sets of the requests 0 to 9, with what would be known of each: bounds around its size. */
const sets = fc.array(
  fc.record({ members: fc.uniqueArray(fc.nat(9)), below: fc.nat(2), above: fc.option(fc.nat(2)) }),
  { maxLength: 4 },
);
const rangeOf = ({
  members: { length },
  below,
  above,
}: {
  members: number[];
  below: number;
  above: number | null;
}) => ({
  atLeast: Math.max(0, length - below),
  ...(above === null ? {} : { atMost: length + above }),
});

test("whatever the sets, the size of their union lies in the union of their ranges", () => {
  fc.assert(
    fc.property(sets, (all) => {
      const size = new Set(all.flatMap(({ members }) => members)).size;
      const { atLeast, atMost = Number.POSITIVE_INFINITY } = unionOfRanges(all.map(rangeOf), 10);
      expect(atLeast).toBeLessThanOrEqual(size);
      expect(atMost).toBeGreaterThanOrEqual(size);
    }),
  );
});

test("ranges of different requests add up, and one without an end has none in the sum", () => {
  expect(
    sumOfRanges([
      { atLeast: 1, atMost: 2 },
      { atLeast: 3, atMost: 3 },
    ]),
  ).toEqual({ atLeast: 4, atMost: 5 });
  expect(sumOfRanges([{ atLeast: 1 }, { atLeast: 3, atMost: 3 }])).toEqual({ atLeast: 4 });
});

test("those that may have gone before are taken off what is certain only", () => {
  expect(lessOthers({ atLeast: 5, atMost: 5 }, { atLeast: 1, atMost: 2 })).toEqual({ atLeast: 3, atMost: 5 });
  expect(lessOthers({ atLeast: 5, atMost: 5 }, { atLeast: 1 })).toEqual({ atLeast: 0, atMost: 5 });
});
