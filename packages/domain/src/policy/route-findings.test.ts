import { expect, test } from "vitest";
import { Policy } from "./policy.ts";
import { validatePolicy } from "./validate-policy.ts";

const services = [
  { namespace: "shop", name: "payments", versions: ["v1", "v2"], readyVersions: ["v1", "v2"] },
];
const found = (...rules: object[]) => {
  const policy = Policy.parse({ kind: "route", name: "r", namespace: "shop", targetRef: "payments", rules });
  return validatePolicy(policy, services).map(({ code, path }) => `${code} ${path}`);
};
const under = (prefix: string) => ({ path: { prefix } });
const at = (exact: string) => ({ path: { exact } });
const full = (path: string) => ({ path: { full: path } });
const prefix = (path: string) => ({ path: { prefix: path } });

test.each`
  rules                                                                              | unreachable
  ${[{ match: [under("/a")] }, { match: [under("/a/b")] }]}                          | ${["unreachable-rule rules[1]"]}
  ${[{ match: [under("/a/b")] }, { match: [under("/a")] }]}                          | ${[]}
  ${[{ match: [under("/a"), under("/b")] }, { match: [at("/a"), at("/b")] }]}        | ${["unreachable-rule rules[1]"]}
  ${[{ match: [under("/a")] }, { match: [at("/a"), at("/b")] }]}                     | ${["unreachable-match rules[1].match[0]"]}
  ${[{ match: [at("/a")] }, { match: [at("/b")] }, { match: [at("/a"), at("/b")] }]} | ${["unreachable-rule rules[2]"]}
  ${[{ match: [{ method: "GET" }] }, {}]}                                            | ${[]}
`("$rules: $unreachable", ({ rules, unreachable }) => {
  expect(found(...rules)).toEqual(unreachable);
});

test.each`
  what                              | rules                                                                                         | loops
  ${"to itself"}                    | ${[{ match: [at("/a")], redirect: full("/a") }]}                                              | ${[0]}
  ${"to each other"}                | ${[{ match: [at("/a")], redirect: full("/b") }, { match: [at("/b")], redirect: full("/a") }]} | ${[0, 1]}
  ${"into a loop"}                  | ${[{ match: [at("/a")], redirect: full("/b") }, { match: [at("/b")], redirect: full("/b") }]} | ${[0, 1]}
  ${"below its own prefix"}         | ${[{ match: [under("/a")], redirect: prefix("/a/b") }]}                                       | ${[0]}
  ${"to another prefix"}            | ${[{ match: [under("/a")], redirect: prefix("/b") }]}                                         | ${[]}
  ${"above its own prefix"}         | ${[{ match: [under("/a")], redirect: prefix("/") }]}                                          | ${[]}
  ${"of everything to one path"}    | ${[{ redirect: full("/a") }]}                                                                 | ${[0]}
  ${"of everything but its target"} | ${[{ match: [at("/a")] }, { redirect: full("/a") }]}                                          | ${[]}
  ${"to another host"}              | ${[{ redirect: { host: "elsewhere.example", path: { full: "/a" } } }]}                        | ${[]}
  ${"that another rule may take"}   | ${[{ match: [{ method: "GET" }] }, { match: [at("/a")], redirect: full("/a") }]}              | ${[]}
  ${"that a pattern may take"}      | ${[{ match: [{ path: { regex: "/[a-c]" } }] }, { match: [at("/a")], redirect: full("/a") }]}  | ${[]}
  ${"with the same header"}         | ${[{ match: [{ ...at("/a"), headers: [{ name: "x", exact: "1" }] }], redirect: full("/a") }]} | ${[0]}
`("a redirect $what loops: $loops", ({ rules, loops }) => {
  const expected = loops.map((index: number) => `redirect-loop rules[${index}].redirect`);
  expect(found(...rules).filter((one) => one.startsWith("redirect-loop"))).toEqual(expected);
});

const retry = { on: ["5xx"], attempts: 2, perTryTimeoutMs: 400 };
const all = (version: string) => [{ version, weight: 100 }];

test.each`
  rule                                                                             | said
  ${{ backends: all("v2"), mirror: { version: "v2" } }}                            | ${["mirror-to-itself rules[0].mirror.version"]}
  ${{ backends: all("v1"), mirror: { version: "v2" } }}                            | ${[]}
  ${{ timeoutMs: 1000, retry }}                                                    | ${["tries-over-timeout rules[0].retry.attempts"]}
  ${{ timeoutMs: 1200, retry }}                                                    | ${[]}
  ${{ timeoutMs: 400, retry }}                                                     | ${["per-try-timeout rules[0].retry.perTryTimeoutMs"]}
  ${{ match: [{ method: "POST" }], retry }}                                        | ${["retry-not-idempotent rules[0].retry.on"]}
  ${{ match: [{ method: "PUT" }], retry }}                                         | ${[]}
  ${{ match: [{ method: "POST" }], retry: { ...retry, on: ["connect-failure"] } }} | ${[]}
`("$rule: $said", ({ rule, said }) => {
  expect(found(rule)).toEqual(said);
});
