import { Policy } from "@weir/domain";
import { expect, test } from "vitest";
import { stalePolicy } from "./stale-policy.ts";

const limit = (maxTokens: number) =>
  Policy.parse({
    ...{ kind: "rateLimit", name: "l1", namespace: "shop", targetRef: "cart" },
    ...{ maxTokens, tokensPerFill: 1, fillIntervalMs: 1_000 },
  });
const live = { ...limit(5), revision: 6 };

test.each`
  what                          | basedOn      | wanted      | inForce      | author       | message
  ${"no revision is named"}     | ${undefined} | ${limit(9)} | ${live}      | ${undefined} | ${undefined}
  ${"the one in force"}         | ${6}         | ${limit(9)} | ${live}      | ${undefined} | ${undefined}
  ${"an older one"}             | ${1}         | ${limit(9)} | ${live}      | ${undefined} | ${"shop/l1 was changed meanwhile: the file was made from revision 1, revision 6 is in force"}
  ${"none, and there is one"}   | ${0}         | ${limit(9)} | ${live}      | ${undefined} | ${"shop/l1 was changed meanwhile: the file is of a new policy, revision 6 is in force"}
  ${"an older one, but as now"} | ${1}         | ${limit(5)} | ${live}      | ${undefined} | ${undefined}
  ${"one that was deleted"}     | ${1}         | ${limit(9)} | ${undefined} | ${"ann"}     | ${"shop/l1 was deleted meanwhile by ann: the file was made from revision 1"}
  ${"one that never was"}       | ${1}         | ${limit(9)} | ${undefined} | ${undefined} | ${"there never was a policy shop/l1: the file was made from revision 1"}
  ${"none, and there is none"}  | ${0}         | ${limit(9)} | ${undefined} | ${undefined} | ${undefined}
`("made from $what: $message", ({ basedOn, wanted, inForce, author, message }) => {
  expect(stalePolicy({ policy: wanted, basedOn }, inForce, author)?.message).toBe(message);
});

test("both versions are in the patch", () => {
  const { patch } = stalePolicy({ policy: limit(9), basedOn: 1 }, live, undefined) ?? {};
  expect(patch).toContain("--- shop/l1\trevision 6\n+++ shop/l1\tto be applied");
  expect(patch).toMatch(/^-maxTokens: 5\n\+maxTokens: 9$/m);
});

test("where too much differs to be found in time, it is stale without a patch", () => {
  const overrides = (at: string) =>
    Array.from({ length: 3_000 }, (_, index) => ({
      ...{
        match: { path: { exact: `/${at}/${index}` } },
        maxTokens: 5,
        tokensPerFill: 1,
        fillIntervalMs: 1_000,
      },
    }));
  const grown = { ...live, overrides: overrides("before") } as typeof live;
  const wanted = { ...limit(5), overrides: overrides("after") } as Policy;
  const message =
    "shop/l1 was changed meanwhile: the file was made from revision 1, revision 6 is in force, and too much differs to be shown";
  expect(stalePolicy({ policy: wanted, basedOn: 1 }, grown, undefined)).toEqual({ message, patch: "" });
  const same = { ...limit(5), overrides: overrides("before") } as Policy;
  expect(stalePolicy({ policy: same, basedOn: 1 }, grown, undefined, 0), "as it is in force").toBeUndefined();
});
