import { WeightedBackends } from "@weir/domain";
import fc from "fast-check";
import { expect, test } from "vitest";
import { backendsToSave, sameWeights, setWeight, type Weights, weightsOf, weightsText } from "./weights.ts";

const weights = (text: string): Weights =>
  text.split(" ").map((part) => {
    const [version = "", weight] = part.split(":");
    return { version, weight: Number(weight) };
  });

test.each`
  before                 | version | to      | after                  | why
  ${"v1:100 v2:0"}       | ${"v2"} | ${30}   | ${"v1:70 v2:30"}       | ${"two versions mirror each other"}
  ${"v1:70 v2:30"}       | ${"v1"} | ${0}    | ${"v1:0 v2:100"}       | ${"to the other end"}
  ${"v1:70 v2:30"}       | ${"v2"} | ${130}  | ${"v1:0 v2:100"}       | ${"held at 100"}
  ${"v1:70 v2:30"}       | ${"v2"} | ${-4}   | ${"v1:100 v2:0"}       | ${"held at 0"}
  ${"v1:70 v2:30"}       | ${"v2"} | ${12.6} | ${"v1:87 v2:13"}       | ${"whole per cents"}
  ${"v1:60 v2:30 v3:10"} | ${"v3"} | ${40}   | ${"v1:40 v2:20 v3:40"} | ${"the rest keeps its proportion"}
  ${"v1:34 v2:33 v3:33"} | ${"v3"} | ${34}   | ${"v1:33 v2:33 v3:34"} | ${"what does not divide goes to the largest remainder"}
  ${"v1:0 v2:0 v3:100"}  | ${"v3"} | ${90}   | ${"v1:10 v2:0 v3:90"}  | ${"others at 0: the stable version takes it"}
  ${"v1:100"}            | ${"v1"} | ${20}   | ${"v1:100"}            | ${"a single version keeps everything"}
  ${"v1:70 v2:30"}       | ${"v9"} | ${20}   | ${"v1:70 v2:30"}       | ${"an unknown version changes nothing"}
`("$before, $version to $to is $after: $why", ({ before, version, to, after }) => {
  expect(setWeight(weights(before), version, to, "v1")).toEqual(weights(after));
});

test("whatever is dragged wherever, the weights stay acceptable: whole, 0 to 100, summing to 100", () => {
  const moves = fc.array(fc.tuple(fc.nat(4), fc.double({ min: -20, max: 120, noNaN: true })));
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 5 }), moves, (versions, drags) => {
      let now = weightsOf(
        Array.from({ length: versions }, (_, i) => `v${i + 1}`),
        undefined,
        undefined,
      );
      for (const [index, weight] of drags) now = setWeight(now, `v${index + 1}`, weight, "v1");
      expect(WeightedBackends.safeParse(now).error).toBeUndefined();
    }),
  );
});

test("without a policy the stable version has it all; with one, unnamed versions have none", () => {
  expect(weightsOf(["v10", "v2"], undefined, "v10")).toEqual(weights("v2:0 v10:100"));
  expect(weightsOf(["v2", "v1"], undefined, undefined)).toEqual(weights("v1:100 v2:0"));
  expect(weightsOf(["v1", "v2", "v3"], weights("v1:70 v2:30"), "v1")).toEqual(weights("v1:70 v2:30 v3:0"));
  expect(weightsOf(["v1"], weights("v1:70 gone:30"), "v1")).toEqual(weights("gone:30 v1:70"));
});

test("a version at 0 is written down only where the policy names it already", () => {
  const draft = weights("v1:80 v2:0 v3:20");
  expect(backendsToSave(draft, undefined)).toEqual(weights("v1:80 v3:20"));
  expect(backendsToSave(draft, weights("v1:50 v2:50"))).toEqual(draft);
});

test("an absent version and one at 0 are the same", () => {
  expect(sameWeights(weights("v1:100 v2:0"), weights("v1:100"))).toBe(true);
  expect(sameWeights(weights("v1:99 v2:1"), weights("v1:100"))).toBe(false);
  expect(weightsText(weights("v1:70 v2:30"))).toBe("v1 70 / v2 30");
});
