import { expect, test } from "vitest";
import { findingsOf } from "../validation-error.ts";
import { AuthorizationSpec } from "./authorization-spec.ts";

test.each`
  spec
  ${{ rules: [] }}
  ${{ action: "deny", rules: [{}] }}
  ${{ rules: [{ from: [{ services: ["web", "lab/*", "*"], namespaces: ["shop"], ips: ["10.0.0.0/8", "::1"] }] }] }}
  ${{ action: "audit", rules: [{ to: [{ methods: ["GET"], paths: ["/a*", "*.html"], hosts: ["*.shop"], ports: [80], headers: [{ name: "a", present: true }] }] }] }}
`("$spec is accepted as it is", ({ spec }) => {
  expect(AuthorizationSpec.parse(spec)).toEqual(spec);
});

const from = (source: object) => ({ rules: [{ from: [source] }] });
const to = (operation: object) => ({ rules: [{ to: [operation] }] });

test.each`
  spec                                              | path                                 | message
  ${{}}                                             | ${"rules"}                           | ${/^is missing$/}
  ${{ action: "custom", rules: [] }}                | ${"action"}                          | ${/allow/}
  ${{ rules: [{ from: [] }] }}                      | ${"rules[0].from"}                   | ${/leave it out/}
  ${from({ services: [] })}                         | ${"rules[0].from[0].services"}       | ${/leave it out/}
  ${from({ services: ["a*b"] })}                    | ${"rules[0].from[0].services[0]"}    | ${/at most one '\*', at its start or its end/}
  ${from({ services: ["*a*"] })}                    | ${"rules[0].from[0].services[0]"}    | ${/at most one/}
  ${from({ ips: ["10.0.0.0/33"] })}                 | ${"rules[0].from[0].ips[0]"}         | ${/IP address or a block/}
  ${from({ principals: ["a"] })}                    | ${"rules[0].from[0].principals"}     | ${/not known here/}
  ${to({ methods: ["get"] })}                       | ${"rules[0].to[0].methods[0]"}       | ${/upper-case/}
  ${to({ paths: ["admin"] })}                       | ${"rules[0].to[0].paths[0]"}         | ${/must start with/}
  ${to({ ports: [0] })}                             | ${"rules[0].to[0].ports[0]"}         | ${/>=1/}
  ${to({ headers: [{ name: "a", regex: "\\1" }] })} | ${"rules[0].to[0].headers[0].regex"} | ${/backreference/}
`("$spec is refused at $path", ({ spec, path, message }) => {
  const findings = findingsOf(AuthorizationSpec.safeParse(spec).error!);
  expect(findings.find((finding) => finding.path === path)?.message).toMatch(message);
});
