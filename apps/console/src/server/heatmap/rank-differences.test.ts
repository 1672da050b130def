import { expect, test } from "vitest";
import { differenceBounds } from "./difference-bounds.ts";
import { type Facts, rankDifferences } from "./rank-differences.ts";

/** `n` requests with these facts, written `name=value name=value`. */
const requests = (n: number, facts: string): Facts[] =>
  Array.from({ length: n }, () => facts.split(" ").map((fact) => fact.split("=") as [string, string]));

const told = (inside: Facts[], outside: Facts[], limit = 10) =>
  rankDifferences(inside, outside, limit).map((d) =>
    [
      `${d.name}=${d.value} ${d.inside}:${d.outside}`,
      ...d.alike.map((also) => `${also.name}=${also.value}`),
    ].join(", "),
  );

test.each([
  {
    what: "what all inside and none outside have comes first; what all have does not come",
    inside: requests(40, "v=2 zone=a method=GET"),
    outside: [...requests(50, "v=1 zone=a method=GET"), ...requests(50, "v=1 zone=b method=GET")],
    expected: ["v=2 40:0", "zone=a 40:50"],
  },
  {
    what: "shares count, not numbers",
    inside: requests(20, "path=/slow"),
    outside: [...requests(60, "path=/slow"), ...requests(340, "path=/")],
    expected: ["path=/slow 20:60"],
  },
  {
    what: "values that the same requests have are one, under the shortest name",
    inside: requests(20, "service.version=2 v=2"),
    outside: requests(20, "service.version=1 v=1"),
    expected: ["v=2 20:0, service.version=2"],
  },
  {
    what: "a name that some requests lack",
    inside: [...requests(15, "retry=1 a=b"), ...requests(5, "a=b")],
    outside: requests(30, "a=b"),
    expected: ["retry=1 15:0"],
  },
  {
    what: "chance is no difference: two of three against half",
    inside: [...requests(2, "v=2"), ...requests(1, "v=1")],
    outside: [...requests(50, "v=2"), ...requests(50, "v=1")],
    expected: [],
  },
  { what: "nothing inside", inside: [], outside: requests(9, "v=1"), expected: [] },
  { what: "nothing outside to compare with", inside: requests(9, "v=1"), outside: [], expected: [] },
  {
    what: "names and values that look like separators",
    inside: requests(20, "__proto__=constructor"),
    outside: requests(20, "__proto__=x"),
    expected: ["__proto__=constructor 20:0"],
  },
])("$what", ({ inside, outside, expected }) => {
  expect(told(inside, outside)).toEqual(expected);
});

test("no more than are wanted, the largest differences", () => {
  const inside = [...requests(40, "a=1 b=1"), ...requests(10, "a=1")];
  expect(told(inside, requests(50, "c=1"), 1)).toEqual(["a=1 50:0"]);
});

// Newcombe 1998, table II, method 10.
test.each`
  a     | n     | b     | m     | low        | high
  ${56} | ${70} | ${48} | ${80} | ${0.0524}  | ${0.3339}
  ${9}  | ${10} | ${3}  | ${10} | ${0.1705}  | ${0.809}
  ${10} | ${10} | ${0}  | ${10} | ${0.6075}  | ${1}
  ${0}  | ${10} | ${0}  | ${10} | ${-0.2775} | ${0.2775}
`("$a of $n less $b of $m lies between $low and $high", ({ a, n, b, m, low, high }) => {
  const bounds = differenceBounds(a, n, b, m);
  expect(bounds.low).toBeCloseTo(low, 3);
  expect(bounds.high).toBeCloseTo(high, 3);
});
