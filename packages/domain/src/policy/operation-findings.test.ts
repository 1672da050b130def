import { expect, test } from "vitest";
import { Policy } from "./policy.ts";
import { type KnownService, validatePolicy } from "./validate-policy.ts";

const known = { versions: ["v1"], readyVersions: ["v1"] };
const services: KnownService[] = [
  { namespace: "shop", name: "payments", hosts: ["pay.example.com"], ...known },
];
const written = (kind: string, spec: object) =>
  Policy.parse({ kind, name: "p", namespace: "shop", targetRef: "payments", ...spec });
const to = (operation: object) => written("authorization", { rules: [{ to: [operation] }] });
const found = (policy: Policy, of = services) =>
  validatePolicy(policy, of).map(({ code, severity, path }) => `${code} ${severity} ${path}`);

test.each`
  what                                | policy                                                                 | said
  ${"methods there are"}              | ${to({ methods: ["GET", "PATCH", "PROPFIND"] })}                       | ${[]}
  ${"a method there is not"}          | ${to({ methods: ["GET", "DELET"] })}                                   | ${["unknown-method warning rules[0].to[0].methods[1]"]}
  ${"such a method of a route"}       | ${written("route", { rules: [{ match: [{ method: "GETT" }] }] })}      | ${["unknown-method warning rules[0].match[0].method"]}
  ${"its hosts, in any case"}         | ${to({ hosts: ["Pay.example.com", "payments", "payments.shop.svc"] })} | ${[]}
  ${"a beginning and an end of them"} | ${to({ hosts: ["pay*", "*.example.com", "*"] })}                       | ${[]}
  ${"another host"}                   | ${to({ hosts: ["payments", "pay.example.org"] })}                      | ${["unknown-host warning rules[0].to[0].hosts[1]"]}
  ${"an end that none has"}           | ${to({ hosts: ["*.example.org"] })}                                    | ${["unknown-host warning rules[0].to[0].hosts[0]"]}
`("$what: $said", ({ policy, said }) => {
  expect(found(policy)).toEqual(said);
});

test("a host is named with those the service has", () => {
  expect(validatePolicy(to({ hosts: ["pay.example.org"] }), services)[0]?.message).toBe(
    "payments is not called pay.example.org; its callers say payments, payments.shop, payments.shop.svc, payments.shop.svc.cluster.local, pay.example.com",
  );
});

test("of hosts that are not known nothing is said", () => {
  const [{ hosts: _, ...payments }] = services as [KnownService];
  expect(found(to({ hosts: ["pay.example.org"] }), [payments])).toEqual([]);
});
