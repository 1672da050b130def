import { expect, test } from "vitest";
import { Policy } from "../policy.ts";
import { type ObservedCall, retryChainFindings } from "./retry-chain-findings.ts";

const retrying = (targetRef: string, attempts: number, given: object = {}, retry: object = {}) =>
  Policy.parse({
    ...{ kind: "route", name: `${targetRef}-route`, namespace: "shop", targetRef, ...given },
    rules: [{ match: [{ path: { prefix: "/a" } }] }, { retry: { on: ["5xx"], attempts, ...retry } }],
  });
const calls = (...chains: string[]): ObservedCall[] =>
  chains.flatMap((chain) => {
    const services = chain.split(">").map((name) => `shop/${name}`);
    return services.slice(1).map((target, at) => ({ source: services[at]!, target }));
  });
const chain = calls("web>cart>payments>bank");
const said = (policy: Policy, others: Policy[], observed = chain) =>
  retryChainFindings(policy, [policy, ...others], observed).map(({ path, message }) => `${path}: ${message}`);

test("retries behind and before a service are multiplied with its own", () => {
  const others = [retrying("cart", 2), retrying("bank", 1)];
  expect(said(retrying("payments", 3), others)).toEqual([
    "rules[1].retry.attempts: one request may become 24 at shop/bank: shop/cart, then shop/payments, then shop/bank are each tried again",
  ]);
});

test("what lies between and does not retry is passed through", () => {
  expect(said(retrying("cart", 1), [retrying("bank", 1)])).toEqual([
    "rules[1].retry.attempts: one request may become 4 at shop/bank: shop/cart, then shop/bank are each tried again",
  ]);
});

test("the worst of several callees counts", () => {
  const observed = calls("cart>payments", "cart>stock");
  expect(said(retrying("cart", 1), [retrying("payments", 1), retrying("stock", 4)], observed)[0]).toContain(
    "may become 10 at shop/stock",
  );
});

test.each`
  what                                    | policy                                         | others
  ${"nobody else retries"}                | ${retrying("payments", 3)}                     | ${[]}
  ${"the other is not on the chain"}      | ${retrying("payments", 3)}                     | ${[retrying("stock", 3)]}
  ${"the other only observes"}            | ${retrying("payments", 3)}                     | ${[retrying("cart", 3, { mode: "observe" })]}
  ${"a budget holds the other's"}         | ${retrying("payments", 3)}                     | ${[retrying("cart", 3, {}, { budget: { percent: 20 } })]}
  ${"a budget holds its own"}             | ${retrying("payments", 3, {}, { budget: {} })} | ${[retrying("cart", 3)]}
  ${"the other retries what never began"} | ${retrying("payments", 3)}                     | ${[retrying("cart", 3, {}, { on: ["connect-failure"] })]}
  ${"another policy under its own name"}  | ${retrying("payments", 3)}                     | ${[retrying("payments", 1)]}
`("nothing is said where $what", ({ policy, others }) => {
  expect(said(policy, others)).toEqual([]);
});

test("a circle of calls ends", () => {
  const observed = calls("cart>payments>cart", "payments>payments");
  expect(said(retrying("payments", 1), [retrying("cart", 1)], observed)[0]).toContain("may become 4 at");
});

test("it can be passed over", () => {
  const policy = retrying("payments", 3, { ignoreFindings: ["retries-multiply"] });
  expect(retryChainFindings(policy, [retrying("cart", 3)], chain)).toMatchObject([{ ignored: true }]);
});
