import fc from "fast-check";
import { expect, test } from "vitest";
import { ProbabilisticSampler } from "./probabilistic-sampler.ts";
import { samplingStateOf } from "./sampling-state.ts";
import { parseHex, probabilityOf, thresholdOf } from "./threshold.ts";

test.each`
  oneIn        | threshold
  ${1}         | ${"0"}
  ${2}         | ${"8"}
  ${3}         | ${"aaab"}
  ${4}         | ${"c"}
  ${5}         | ${"cccd"}
  ${8}         | ${"e"}
  ${10}        | ${"e666"}
  ${16}        | ${"f"}
  ${100}       | ${"fd70a"}
  ${1000}      | ${"ffbe77"}
  ${10_000}    | ${"fff9724"}
  ${100_000}   | ${"ffff583a"}
  ${1_000_000} | ${"ffffef39"}
`("one in $oneIn is the threshold $threshold, as in OpenTelemetry's table", ({ oneIn, threshold }) => {
  expect(thresholdOf(1 / oneIn)).toEqual(parseHex(threshold));
  expect(probabilityOf(thresholdOf(1 / oneIn)) * oneIn).toBeCloseTo(1, 3);
});

test.each`
  traceState                                  | threshold    | randomness
  ${""}                                       | ${undefined} | ${undefined}
  ${"ot=th:c"}                                | ${"c"}       | ${undefined}
  ${"vendor=1,ot=th:fd70a;rv:9b8233f7e3a151"} | ${"fd70a"}   | ${"9b8233f7e3a151"}
  ${"a=b, ot=rv:9b8233f7e3a151 ,c=d"}         | ${undefined} | ${"9b8233f7e3a151"}
  ${"ot=p:8;th:0"}                            | ${"0"}       | ${undefined}
  ${"ot=th:C"}                                | ${undefined} | ${undefined}
  ${"ot=th:123456789abcdef"}                  | ${undefined} | ${undefined}
  ${"ot=rv:1"}                                | ${undefined} | ${undefined}
  ${"dot=th:c"}                               | ${undefined} | ${undefined}
  ${"ot=th"}                                  | ${undefined} | ${undefined}
`(
  "the tracestate '$traceState' says th $threshold, rv $randomness",
  ({ traceState, threshold, randomness }) => {
    expect(samplingStateOf(traceState)).toEqual({
      threshold: threshold && parseHex(threshold),
      randomness: randomness && parseHex(randomness),
    });
  },
);

const traceId = "0af7651916cd43dd84";
test.each`
  percentage | mode              | randomness          | traceState                | kept
  ${100}     | ${"equalizing"}   | ${"00000000000000"} | ${""}                     | ${true}
  ${0}       | ${"equalizing"}   | ${"ffffffffffffff"} | ${""}                     | ${false}
  ${50}      | ${"equalizing"}   | ${"80000000000000"} | ${""}                     | ${true}
  ${50}      | ${"equalizing"}   | ${"7fffffffffffff"} | ${""}                     | ${false}
  ${25}      | ${"equalizing"}   | ${"c0000000000000"} | ${""}                     | ${true}
  ${25}      | ${"equalizing"}   | ${"bfffffffffffff"} | ${""}                     | ${false}
  ${1}       | ${"equalizing"}   | ${"fd709fffffffff"} | ${""}                     | ${false}
  ${1}       | ${"equalizing"}   | ${"fd70a000000000"} | ${""}                     | ${true}
  ${50}      | ${"equalizing"}   | ${"00000000000000"} | ${"ot=rv:80000000000000"} | ${true}
  ${50}      | ${"equalizing"}   | ${"ffffffffffffff"} | ${"ot=rv:70000000000000"} | ${false}
  ${50}      | ${"equalizing"}   | ${"c0000000000000"} | ${"ot=th:c"}              | ${true}
  ${50}      | ${"proportional"} | ${"c0000000000000"} | ${"ot=th:c"}              | ${false}
  ${50}      | ${"proportional"} | ${"e0000000000000"} | ${"ot=th:c"}              | ${true}
  ${50}      | ${"proportional"} | ${"e0000000000000"} | ${""}                     | ${true}
  ${50}      | ${"proportional"} | ${"90000000000000"} | ${"ot=th:c"}              | ${true}
`(
  "$percentage % ($mode) of $randomness '$traceState': $kept",
  ({ percentage, mode, randomness, traceState, kept }) => {
    const sampler = new ProbabilisticSampler({ percentage, mode });
    expect(sampler.keeps(traceId + randomness, traceState)).toBe(kept);
    expect(sampler.keepsBytes(Buffer.from(`ff${traceId}${randomness}`, "hex"), 1, traceState)).toBe(kept);
  },
);

const anyTraceId = fc
  .uint8Array({ minLength: 16, maxLength: 16 })
  .map((id) => Buffer.from(id).toString("hex"));

test("who keeps more keeps all that others keep", () => {
  const percentage = fc.double({ min: 0, max: 100, noNaN: true });
  fc.assert(
    fc.property(anyTraceId, percentage, percentage, (id, a, b) => {
      const [less, more] = [Math.min(a, b), Math.max(a, b)].map(
        (one) => new ProbabilisticSampler({ percentage: one, mode: "equalizing" }),
      );
      if (less?.keeps(id)) expect(more?.keeps(id)).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

test.each([1, 10, 25, 50, 90])("of many traces about %i in a hundred are kept", (percentage) => {
  const sampler = new ProbabilisticSampler({ percentage, mode: "equalizing" });
  let seed = 7;
  const random = (): string => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return seed.toString(16).padStart(8, "0");
  };
  let kept = 0;
  const all = 20_000;
  for (let i = 0; i < all; i++) if (sampler.keeps(random() + random() + random() + random())) kept++;
  // Five standard deviations of a binomial distribution.
  const share = percentage / 100;
  expect(Math.abs(kept - all * share)).toBeLessThan(5 * Math.sqrt(all * share * (1 - share)));
});
