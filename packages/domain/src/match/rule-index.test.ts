import fc from "fast-check";
import { expect, test } from "vitest";
import type { RouteMatch } from "../policy/route.ts";
import { request } from "../testing/request.ts";
import { all, compileMatch } from "./compile-match.ts";
import { RequestReader } from "./request-reader.ts";
import { type IndexedRule, RuleIndex } from "./rule-index.ts";
import { keysOfMatch } from "./rule-keys.ts";

const paths = ["/", "/a", "/a/", "/a/b", "/a/b/c", "/ab", "/c", "//", "/a//b"] as const;
const path = fc.constantFrom(...paths);
const name = fc.constantFrom("x", "y", "z");
const value = fc.constantFrom("1", "2", "");
const method = fc.constantFrom("GET", "PUT");
const source = fc.constantFrom<string>("shop/web", "shop/cart", "lab/web");

const match: fc.Arbitrary<RouteMatch> = fc.record(
  {
    path: fc.oneof(
      fc.record({ exact: path }),
      fc.record({ prefix: path }),
      fc.constantFrom({ regex: "/a.*" }, { regex: "/[bc]" }),
    ),
    method,
    headers: fc.array(
      fc.oneof(fc.record({ name, exact: value }), fc.record({ name, present: fc.boolean() })),
      {
        maxLength: 2,
      },
    ),
  },
  { requiredKeys: [] },
);

const rule: fc.Arbitrary<IndexedRule> = fc
  .tuple(match, fc.option(fc.array(source, { minLength: 1, maxLength: 2 }), { nil: undefined }))
  .map(([of, sources]) => ({
    keys: { ...keysOfMatch(of), sources },
    matches: all([
      compileMatch(of, new RequestReader()),
      (facts) => sources?.includes(`${facts.source.namespace}/${facts.source.service}`) ?? true,
    ]),
  }));

const sent = fc
  .record({
    target: fc.oneof(path, fc.constantFrom("*", "/a/b/c/d/e", "/a/x")),
    method,
    from: source,
    headers: fc.dictionary(name, value, { noNullPrototype: true }),
  })
  .map(request);

test("the index finds what trying every rule in order finds", () => {
  fc.assert(
    fc.property(
      fc.array(rule, { maxLength: 60, size: "max" }),
      fc.array(sent, { minLength: 1, maxLength: 4 }),
      fc.nat(60),
      (rules, requests, limit) => {
        const index = new RuleIndex(rules);
        const before = Math.min(limit, rules.length);
        for (const facts of requests) {
          const matching = rules.flatMap(({ matches }, order) => (matches(facts) ? [order] : []));
          expect(index.first(facts)).toBe(matching[0] ?? rules.length);
          expect(index.all(facts)).toEqual(matching);
          expect(index.first(facts, facts.path, before)).toBe(Math.min(matching[0] ?? before, before));
          expect(index.all(facts, facts.path, before)).toEqual(matching.filter((order) => order < before));
        }
      },
    ),
    { numRuns: 500 },
  );
});

/** How many of a thousand rules are tried for one request. */
function tried(matchOf: (i: number) => RouteMatch, sent: Parameters<typeof request>[0]): number {
  let count = 0;
  const rules = Array.from({ length: 1000 }, (_, i): IndexedRule => {
    const matches = compileMatch(matchOf(i), new RequestReader());
    return {
      keys: keysOfMatch(matchOf(i)),
      matches: (facts) => {
        count++;
        return matches(facts);
      },
    };
  });
  expect(new RuleIndex(rules).first(request(sent))).toBe(700);
  return count;
}

test.each`
  what                         | matchOf                                                                                 | sent
  ${"exact paths"}             | ${(i: number) => ({ path: { exact: `/${i}` } })}                                        | ${{ target: "/700" }}
  ${"prefixes"}                | ${(i: number) => ({ path: { prefix: `/api/v1/${i}/` } })}                               | ${{ target: "/api/v1/700/x/y" }}
  ${"one prefix, header each"} | ${(i: number) => ({ path: { prefix: "/a" }, headers: [{ name: "U", exact: `${i}` }] })} | ${{ target: "/a/b", headers: { u: "700" } }}
  ${"headers"} | ${(i: number) => ({ headers: [{ name: "u", exact: `${i}` }, { name: "all", exact: "1" }] })} | ${{ headers: { u: "700", all: "1" } }}
`("of a thousand rules by $what a handful is tried", ({ matchOf, sent }) => {
  expect(tried(matchOf, sent)).toBeLessThanOrEqual(10);
});
