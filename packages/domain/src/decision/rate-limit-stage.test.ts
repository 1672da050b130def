import { describe, expect, test } from "vitest";
import { localCells } from "../cells.ts";
import { deciderOf, policy } from "../testing/policies.ts";
import { request, type Sent } from "../testing/request.ts";

const e = "enforce" as const;
const o = "observe" as const;
const bucket = (maxTokens: number) => ({ maxTokens, tokensPerFill: 1, fillIntervalMs: 1000 });
const limit = (name: string, mode: typeof e | typeof o, maxTokens: number, overrides: object[] = []) =>
  policy("rateLimit", name, mode, { ...bucket(maxTokens), overrides });

/** What `count` equal requests at one moment are told. */
function verdicts(
  policies: Parameters<typeof deciderOf>[0],
  count: number,
  sent: Sent = {},
  cells = localCells(),
) {
  const decider = deciderOf(policies, cells);
  return Array.from({ length: count }, () => {
    const { action, decisions } = decider.decide(request(sent), () => 0, 0);
    return [
      ...decisions.map(({ verdict, acted }) => verdict + (acted ? "!" : "")),
      ...(action ? [action.refuse?.status] : []),
    ];
  });
}

test("observed and enforced say the same, and only the enforced one refuses", () => {
  expect(verdicts([limit("l", o, 2)], 3)).toEqual([["allow"], ["allow"], ["limit"]]);
  expect(verdicts([limit("l", e, 2)], 3)).toEqual([["allow"], ["allow"], ["limit!", 429]]);
});

test("a decision says whether it would act", () => {
  const decider = deciderOf([limit("l", o, 1)]);
  const said = [0, 1].map(() => decider.decide(request(), () => 0, 0).decisions[0]);
  expect(said.map((decision) => [decision?.wouldAct, decision?.acted, decision?.reason])).toEqual([
    [false, false, "limit"],
    [true, false, "limit"],
  ]);
});

test("tokens come back with time", () => {
  const decider = deciderOf([limit("l", e, 1)]);
  const at = (nowMs: number) => decider.decide(request(), () => 0, nowMs).action?.refuse?.status;
  expect([at(5000), at(5999), at(6000), at(6001)]).toEqual([undefined, 429, undefined, 429]);
});

describe("several limits", () => {
  test.each`
    policies                                | said                                                                  | why
    ${[limit("a", o, 1), limit("b", e, 2)]} | ${[["allow", "allow"], ["limit", "allow"], ["limit", "limit!", 429]]} | ${"an observed one stops nothing"}
    ${[limit("b", o, 1), limit("a", e, 1)]} | ${[["allow", "allow"], ["limit!", 429], ["limit!", 429]]}             | ${"behind a refusal nothing is asked"}
  `("$why", ({ policies, said }) => {
    expect(verdicts(policies, 3)).toEqual(said);
  });

  test("an observed limit behind a refusal keeps its tokens, as it would", () => {
    const decider = deciderOf([limit("a", e, 1), limit("b", o, 2)]);
    const at = (nowMs: number) =>
      decider.decide(request(), () => 0, nowMs).decisions.map(({ verdict }) => verdict);
    expect([at(0), at(0), at(0), at(1000)]).toEqual([
      ["allow", "allow"],
      ["limit"],
      ["limit"],
      ["allow", "allow"],
    ]);
  });
});

describe("overrides", () => {
  const overrides = [
    { match: { source: { service: "cart" } }, ...bucket(2) },
    { match: { header: { name: "X-Plan", regex: "gold|platinum" }, path: { prefix: "/a" } }, ...bucket(3) },
    { match: { source: { service: "web", namespace: "lab" } }, ...bucket(4) },
    { match: { path: { exact: "/free" } }, ...bucket(5) },
  ];
  test.each`
    sent                                                 | tokens | why
    ${{}}                                                | ${1}   | ${"the limit itself"}
    ${{ from: "shop/cart", target: "/free" }}            | ${2}   | ${"the first that matches"}
    ${{ headers: { "x-plan": "gold" }, target: "/a/b" }} | ${3}   | ${"header and path"}
    ${{ headers: { "x-plan": "gold" }, target: "/b" }}   | ${1}   | ${"header without path"}
    ${{ from: "lab/web" }}                               | ${4}   | ${"another namespace"}
    ${{ from: "lab/cart" }}                              | ${1}   | ${"a source without its namespace is of the policy's own"}
    ${{ target: "/free" }}                               | ${5}   | ${"path"}
  `("$why: $tokens at once", ({ sent, tokens }) => {
    const said = verdicts([limit("l", e, 1, overrides)], 7, sent);
    expect(said.filter(([verdict]) => verdict === "allow")).toHaveLength(tokens);
  });
});

describe("a bucket's life", () => {
  test.each`
    next                                                                      | left | why
    ${limit("l", e, 2)}                                                       | ${0} | ${"the same limit of the next snapshot goes on"}
    ${{ ...limit("l", e, 2), revision: 2 }}                                   | ${0} | ${"so does another revision of the same settings"}
    ${limit("l", e, 3)}                                                       | ${3} | ${"other settings begin anew"}
    ${limit("l", o, 2)}                                                       | ${2} | ${"so does the other mode"}
    ${limit("m", e, 2)}                                                       | ${2} | ${"another policy has its own"}
    ${limit("l", e, 9, [{ match: { path: { prefix: "/" } }, ...bucket(2) }])} | ${2} | ${"so has an override"}
  `("$why", ({ next, left }) => {
    const shared = localCells();
    verdicts([limit("l", e, 2)], 2, {}, shared);
    expect(verdicts([next], 5, {}, shared).filter(([verdict]) => verdict === "allow")).toHaveLength(left);
  });
});

test("who is refused at the gate takes no token; an observed refusal there does not count", () => {
  const gate = (mode: typeof e | typeof o) => policy("authorization", "g", mode, { rules: [] });
  expect(verdicts([gate(e), limit("l", o, 1)], 2)).toEqual([
    ["deny!", 403],
    ["deny!", 403],
  ]);
  expect(verdicts([gate(o), limit("l", o, 1)], 2)).toEqual([
    ["deny", "allow"],
    ["deny", "limit"],
  ]);
});
