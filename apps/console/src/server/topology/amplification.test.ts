import { expect, test } from "vitest";
import { edge } from "../../features/topology/view-model/testing/sample-map.ts";
import { amplificationOf, chainAmplifications } from "./amplification.ts";

test.each`
  requests | resends      | amplification
  ${100}   | ${30}        | ${1.3}
  ${100}   | ${undefined} | ${1}
  ${0}     | ${0}         | ${1}
  ${2}     | ${6}         | ${4}
`("$resends further tries of $requests requests amplify by $amplification", ({ amplification, ...tried }) => {
  expect(amplificationOf(tried)).toBe(amplification);
});

const tried = (source: string, target: string, resends: number) =>
  edge(source, target, { requests: 10, resends });

test("along a chain it is the product, by the way that amplifies most", () => {
  const chains = chainAmplifications([
    tried("a/web", "a/cart", 5),
    tried("a/api", "a/cart", 10),
    tried("a/cart", "a/pay", 0),
    tried("a/pay", "a/bank", 10),
    tried("a/web", "a/news", 5),
  ]);
  expect(Object.fromEntries(chains)).toEqual({ "a/cart~a/pay": 2, "a/pay~a/bank": 4 });
});

test("a circle of calls ends, and amplifies no further", () => {
  const chains = chainAmplifications([
    tried("a/in", "a/x", 10),
    tried("a/x", "a/y", 10),
    tried("a/y", "a/x", 10),
    tried("a/x", "a/x", 10),
  ]);
  for (const amplification of chains.values()) expect(amplification).toBeLessThanOrEqual(2 ** 4);
  expect(chains.get("a/x~a/y")).toBeGreaterThanOrEqual(4);
});

test("where nothing is tried again nothing is looked for", () => {
  expect(chainAmplifications([edge("a/b", "a/c")]).size).toBe(0);
});
