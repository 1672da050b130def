import fc from "fast-check";
import { expect, test } from "vitest";
import { blastRadius } from "./blast-radius.ts";
import { neighbourhood } from "./neighbourhood.ts";

/** `a>b 10, b>c` as calls; without a number one request. */
const callsOf = (text: string) =>
  text.split(", ").map((call) => {
    const [, source = "", target = "", requests = "1"] = /^(\w+)>(\w+)(?: (\d+))?$/.exec(call) ?? [];
    return { source, target, requests: Number(requests) };
  });

const chain = "a>b, b>c, c>d, x>c, c>y";

test.each`
  calls              | start  | way          | depth       | found
  ${chain}           | ${"c"} | ${"both"}    | ${0}        | ${"c0"}
  ${chain}           | ${"c"} | ${"both"}    | ${1}        | ${"b1 c0 d1 x1 y1"}
  ${chain}           | ${"c"} | ${"callers"} | ${1}        | ${"b1 c0 x1"}
  ${chain}           | ${"c"} | ${"callers"} | ${2}        | ${"a2 b1 c0 x1"}
  ${chain}           | ${"c"} | ${"callees"} | ${Infinity} | ${"c0 d1 y1"}
  ${chain}           | ${"a"} | ${"callers"} | ${9}        | ${"a0"}
  ${chain}           | ${"q"} | ${"both"}    | ${9}        | ${"q0"}
  ${"a>b, b>c, x>b"} | ${"c"} | ${"both"}    | ${2}        | ${"a2 b1 c0 x2"}
  ${"a>b, a>z, b>c"} | ${"c"} | ${"both"}    | ${9}        | ${"a2 b1 c0"}
  ${"a>a, a>b"}      | ${"a"} | ${"both"}    | ${3}        | ${"a0 b1"}
  ${"a>b, b>c, c>a"} | ${"a"} | ${"callees"} | ${9}        | ${"a0 b1 c2"}
  ${"a>b, b>c, c>a"} | ${"a"} | ${"both"}    | ${9}        | ${"a0 b1 c1"}
`("in $calls, $way of $start within $depth calls: $found", ({ calls, start, way, depth, found }) => {
  const distances = neighbourhood(callsOf(calls), start, way, depth);
  const words = [...distances].map(([id, distance]) => `${id}${distance}`);
  expect(words.sort().join(" ")).toBe(found);
});

test.each`
  calls                                   | node   | depends
  ${"a>b"}                                | ${"b"} | ${"a 1"}
  ${"u>a 10, a>b 10"}                     | ${"b"} | ${"a 1, u 1"}
  ${"u>a 10, a>b 4"}                      | ${"b"} | ${"a 0.4, u 0.4"}
  ${"u>a 10, a>b 30"}                     | ${"b"} | ${"a 1, u 1"}
  ${"u>a 10, a>b 5, b>c 1"}               | ${"c"} | ${"b 0.2, a 0.1, u 0.1"}
  ${"u>a 10, a>b 4, a>c 4, b>d 4, c>d 2"} | ${"d"} | ${"b 1, a 0.6, u 0.6, c 0.5"}
  ${"u>a 10, u>z 30, a>b 10"}             | ${"b"} | ${"a 1, u 0.25"}
  ${"a>b 10, a>a 90, u>a 10"}             | ${"b"} | ${"a 1, u 1"}
  ${"u>a 10, a>b 10, b>a 5"}              | ${"b"} | ${"a 0.67, u 0.67"}
  ${"u>a 10, a>b 5, b>a 5, b>c 1"}        | ${"c"} | ${"b 0.3, a 0.1, u 0.1"}
  ${"a>b 0"}                              | ${"b"} | ${"a 0"}
  ${"a>b, b>c"}                           | ${"a"} | ${""}
`("in $calls, on $node depend: $depends", ({ calls, node, depends }) => {
  const found = blastRadius(callsOf(calls), node);
  expect(found.map(({ id, share }) => `${id} ${Math.round(share * 100) / 100}`).join(", ")).toBe(depends);
});

test("whatever calls whatever, every dependent has a share from 0 to 1, the most affected first", () => {
  const name = fc.constantFrom("a", "b", "c", "d", "e");
  const call = fc.record({ source: name, target: name, requests: fc.nat(1_000) });
  fc.assert(
    fc.property(fc.array(call, { maxLength: 20 }), (calls) => {
      const found = blastRadius(calls, "a");
      const reached = [...neighbourhood(calls, "a", "callers", 9).keys()].filter((id) => id !== "a");
      expect(found.map(({ id }) => id).sort()).toEqual(reached.sort());
      const shares = found.map(({ share }) => share);
      expect(shares).toEqual(shares.toSorted((x, y) => y - x));
      for (const share of shares) {
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share).toBeLessThanOrEqual(1);
      }
    }),
  );
});
