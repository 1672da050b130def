import { Policy } from "@weir/domain";
import { expect, test } from "vitest";
import { z } from "zod";
import type { PolicySchema } from "./policy-schema.ts";
import { suggestionsAt } from "./suggest.ts";

const schema = z.toJSONSchema(Policy, { io: "input", unrepresentable: "any" }) as PolicySchema;

/** Labels offered at the `|` of a text. */
function offered(text: string, explicit = true): string[] {
  const at = text.indexOf("|");
  const result = suggestionsAt(schema, text.replace("|", ""), at, explicit);
  return result?.options.map(({ label }) => label).sort() ?? [];
}

test("kinds, before anything else is known", () => {
  expect(offered("kind: |")).toEqual([
    "authorization",
    "canary",
    "circuitBreaker",
    "loadBalancer",
    "outlierDetection",
    "rateLimit",
    "route",
  ]);
});

test.each`
  text                                                                               | wanted
  ${"kind: rateLimit\nname: a\n|"}                                                   | ${["fillIntervalMs", "ignoreFindings", "maxTokens", "mode", "namespace", "overrides", "targetRef", "tokensPerFill"]}
  ${"kind: canary\nmo|"}                                                             | ${["backends", "ignoreFindings", "mirror", "mode", "name", "namespace", "pins", "sticky", "targetRef"]}
  ${"kind: canary\nbackends:\n  - version: v1\n    w|\nname: a"}                     | ${["weight"]}
  ${"kind: canary\nbackends: [{ version: v1, | }]"}                                  | ${["weight"]}
  ${"kind: canary\nsticky:\n  |"}                                                    | ${["cookie", "header", "maxAgeS", "source"]}
  ${"kind: canary\npins: [{ version: v2, match: [{ | }] }]"}                         | ${["headers", "method", "path", "query"]}
  ${"kind: canary\nmirror: { version: v2, | }"}                                      | ${["percent"]}
  ${"kind: route\nrules:\n  - |"}                                                    | ${expect.arrayContaining(["backends", "match", "retry", "timeoutMs"])}
  ${"kind: route\nrules:\n  - match:\n      - headers:\n          - { name: x, | }"} | ${["exact", "prefix", "present", "regex"]}
`("members that are missing: $text", ({ text, wanted }) => {
  expect(offered(text)).toEqual(wanted);
});

test.each`
  text                                                                       | wanted
  ${"kind: canary\nmode: |"}                                                 | ${["enforce", "observe"]}
  ${"kind: authorization\naction: d|"}                                       | ${["allow", "audit", "deny"]}
  ${"kind: canary\nname: |"}                                                 | ${[]}
  ${"kind: canary\n---\nkind: loadBalancer\nalgorithm: |\n---\nkind: route"} | ${expect.arrayContaining(["maglev", "ringHash"])}
`("values: $text", ({ text, wanted }) => {
  expect(offered(text)).toEqual(wanted);
});

test("nothing is offered unasked before a word is begun, and a broken text breaks nothing", () => {
  expect(offered("kind: canary\n|", false)).toEqual([]);
  expect(offered("kind: [\n  {|: *no }", true)).toEqual(expect.any(Array));
});
