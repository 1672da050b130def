import { expect, test } from "vitest";
import { findingsOf } from "../validation-error.ts";
import { WeightedBackends } from "./weighted-backend.ts";

const v = (version: string, weight: number) => ({ version, weight });

test.each`
  what                   | backends
  ${"one version"}       | ${[v("v1", 100)]}
  ${"a share of zero"}   | ${[v("v1", 100), v("v2", 0)]}
  ${"three that sum up"} | ${[v("v1", 98), v("v2", 1), v("v3", 1)]}
`("$what is accepted", ({ backends }) => {
  expect(WeightedBackends.parse(backends)).toEqual(backends);
});

test.each`
  what                 | backends                                 | path             | code                   | message
  ${"no version"}      | ${[]}                                    | ${""}            | ${"too_small"}         | ${"needs at least one version"}
  ${"sum below"}       | ${[v("v1", 90), v("v2", 9)]}             | ${""}            | ${"weights-sum"}       | ${"weights must sum to 100, these sum to 99"}
  ${"sum above"}       | ${[v("v1", 100), v("v2", 1)]}            | ${""}            | ${"weights-sum"}       | ${"weights must sum to 100, these sum to 101"}
  ${"all zero"}        | ${[v("v1", 0), v("v2", 0)]}              | ${""}            | ${"weights-sum"}       | ${"weights must sum to 100, these sum to 0"}
  ${"a version twice"} | ${[v("v1", 50), v("v1", 50)]}            | ${"[1].version"} | ${"version-twice"}     | ${"version v1 is listed twice"}
  ${"a fraction"}      | ${[v("v1", 99.5), v("v2", 0.5)]}         | ${"[0].weight"}  | ${"invalid_type"}      | ${"must be a whole number of per cent"}
  ${"below zero"}      | ${[v("v1", 101), v("v2", -1)]}           | ${"[1].weight"}  | ${"too_small"}         | ${"must be 0 or more"}
  ${"above 100"}       | ${[v("v1", 101), v("v2", -1)]}           | ${"[0].weight"}  | ${"too_big"}           | ${"must be 100 or less"}
  ${"text as weight"}  | ${[{ version: "v1", weight: "100" }]}    | ${"[0].weight"}  | ${"invalid_type"}      | ${"must be a whole number of per cent"}
  ${"empty version"}   | ${[v("", 100)]}                          | ${"[0].version"} | ${"invalid_format"}    | ${/must be 1 to 63 letters/}
  ${"an unknown key"}  | ${[{ ...v("v1", 100), subset: "blue" }]} | ${"[0].subset"}  | ${"unrecognized_keys"} | ${/not known here/}
`("$what is refused at '$path' as $code", ({ backends, path, code, message }) => {
  const result = WeightedBackends.safeParse(backends);
  const finding = findingsOf(result.error!).find((f) => f.path === path && f.code === code);
  expect(finding?.message).toMatch(message);
});
