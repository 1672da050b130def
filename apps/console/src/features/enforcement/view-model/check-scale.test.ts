import type { GuardCheck } from "@weir/rollout";
import { expect, test } from "vitest";
import { byGravity, checkScale } from "./check-scale.ts";

const check = (given: Partial<GuardCheck>): GuardCheck => ({
  ...{ kind: "acts", namespace: "shop", name: "limit", callers: undefined, slowMs: undefined },
  ...{ predicted: 0, limit: 0.02, seen: { requests: 100, hits: 0 }, tripped: false, ...given },
});

test.each`
  given                                                       | scale
  ${{}}                                                       | ${{ predicted: 0, limit: 66.7, seen: 0 }}
  ${{ predicted: 0.01, seen: { requests: 100, hits: 1 } }}    | ${{ predicted: 33.3, limit: 66.7, seen: 33.3 }}
  ${{ seen: { requests: 100, hits: 40 } }}                    | ${{ predicted: 0, limit: 4.5, seen: 90.9 }}
  ${{ limit: 0.9, seen: { requests: 100, hits: 100 } }}       | ${{ predicted: 0, limit: 90, seen: 100 }}
  ${{ predicted: undefined, seen: { requests: 0, hits: 0 } }} | ${{ predicted: undefined, limit: 66.7, seen: undefined }}
`("$given", ({ given, scale }) => {
  const round = (value: number | undefined) => value && Number(value.toFixed(1));
  const { predicted, limit, seen } = checkScale(check(given));
  expect({ predicted: round(predicted), limit: round(limit), seen: round(seen) }).toEqual(scale);
});

test("what tripped stands first, then what is nearest to its limit", () => {
  const [far, near, tripped] = [
    check({ name: "far" }),
    check({ name: "near", seen: { requests: 100, hits: 1 } }),
    check({ name: "tripped", tripped: true }),
  ];
  expect(byGravity([far!, near!, tripped!]).map(({ name }) => name)).toEqual(["tripped", "near", "far"]);
});
