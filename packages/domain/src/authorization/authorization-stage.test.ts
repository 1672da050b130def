import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { deciderOf, policy } from "../testing/policies.ts";
import { connection, request } from "../testing/request.ts";

const e = "enforce" as const;
const o = "observe" as const;
type M = typeof e | typeof o;

const allow = (name: string, mode: M, ...rules: object[]) => policy("authorization", name, mode, { rules });
const deny = (name: string, mode: M, ...rules: object[]) =>
  policy("authorization", name, mode, { action: "deny", rules });
const audit = (name: string, mode: M, ...rules: object[]) =>
  policy("authorization", name, mode, { action: "audit", rules });

const from = (...services: string[]) => ({ from: [{ services }] });
const to = (operation: object) => ({ to: [operation] });

describe("Istio's table, enforced", () => {
  test.each`
    policies                                                     | status       | by           | why
    ${[]}                                                        | ${undefined} | ${undefined} | ${"no policy allows"}
    ${[allow("a", e)]}                                           | ${403}       | ${"a"}       | ${"an empty spec denies all"}
    ${[allow("a", e, {})]}                                       | ${undefined} | ${undefined} | ${"one empty rule allows all"}
    ${[deny("d", e)]}                                            | ${undefined} | ${undefined} | ${"a deny without rules matches nothing"}
    ${[deny("d", e, {})]}                                        | ${403}       | ${"d"}       | ${"a deny with an empty rule denies all"}
    ${[deny("d", e, from("web")), allow("a", e, {})]}            | ${403}       | ${"d"}       | ${"deny comes before allow"}
    ${[deny("d", e, from("cart")), allow("a", e, {})]}           | ${undefined} | ${undefined} | ${"the deny is about another"}
    ${[deny("d", e, from("cart"))]}                              | ${undefined} | ${undefined} | ${"no allow policy: allowed"}
    ${[allow("a", e, from("cart"))]}                             | ${403}       | ${"a"}       | ${"there are allow policies and none matches"}
    ${[allow("b", e, from("cart")), allow("a", e, from("x"))]}   | ${403}       | ${"a"}       | ${"the first by name says so"}
    ${[allow("a", e, from("cart")), allow("b", e, from("web"))]} | ${undefined} | ${undefined} | ${"one that matches is enough"}
    ${[audit("a", e, {})]}                                       | ${undefined} | ${undefined} | ${"audit never changes the result"}
    ${[audit("a", e, {}), deny("d", e, {})]}                     | ${403}       | ${"d"}       | ${"audit never changes the result"}
  `("$why: $status", ({ policies, status, by }) => {
    const { action, decisions } = deciderOf(policies).decide(request(), () => 0, 0);
    expect(action?.refuse).toEqual(status && { status, by: "authorization", policy: by });
    expect(decisions.filter((d) => d.acted).map((d) => d.policy)).toEqual(by ? [by] : []);
  });
});

describe("what is said, by mode", () => {
  test.each`
    policies                                                           | said                                 | refused  | why
    ${[deny("d", o, {})]}                                              | ${["d deny would"]}                  | ${false} | ${"observed"}
    ${[deny("d", o, {}), allow("a", e, from("cart"))]}                 | ${["d deny would", "a deny acted"]}  | ${true}  | ${"an observed deny stops nothing"}
    ${[deny("d", e, {}), deny("c", o, {}), deny("f", o, {})]}          | ${["c deny would", "d deny acted"]}  | ${true}  | ${"behind an enforced one nothing is said"}
    ${[allow("a", o)]}                                                 | ${["a deny would"]}                  | ${false} | ${"nobody would be allowed"}
    ${[allow("a", o, from("cart")), allow("b", o, from("web"))]}       | ${["b allow", "a spared"]}           | ${false} | ${"together they allow, alone one would refuse"}
    ${[allow("a", o, from("cart")), allow("b", e, from("web"))]}       | ${["b allow"]}                       | ${false} | ${"an enforced one allows already"}
    ${[allow("a", e, from("cart")), allow("b", o, from("web"))]}       | ${["b allow would", "a deny acted"]} | ${true}  | ${"enforced, it would let the request in"}
    ${[allow("a", e, from("cart")), allow("b", o, from("x"))]}         | ${["a deny acted"]}                  | ${true}  | ${"refused already"}
    ${[audit("z", o, {}), audit("y", e, from("x")), deny("d", e, {})]} | ${["z audit", "d deny acted"]}       | ${true}  | ${"audit is asked first"}
    ${[deny("d", e, from("x")), allow("a", e, {})]}                    | ${["a allow"]}                       | ${false} | ${"the rule that allows is told"}
  `("$why", ({ policies, said, refused }) => {
    const { action, decisions } = deciderOf(policies).decide(request(), () => 0, 0);
    const words = decisions.map(({ policy: name, verdict, wouldAct, acted }) =>
      [name, verdict, acted ? "acted" : wouldAct ? "would" : ""].join(" ").trim(),
    );
    expect(words).toEqual(said);
    expect(action?.refuse !== undefined).toBe(refused);
  });
});

test.each`
  rule                                                           | sent                              | met
  ${from("web")}                                                 | ${{}}                             | ${true}
  ${from("web")}                                                 | ${{ from: "lab/web" }}            | ${false}
  ${from("lab/web")}                                             | ${{ from: "lab/web" }}            | ${true}
  ${from("we*")}                                                 | ${{}}                             | ${true}
  ${from("*eb")}                                                 | ${{ from: "lab/web" }}            | ${false}
  ${from("*/web")}                                               | ${{ from: "lab/web" }}            | ${true}
  ${from("lab/*")}                                               | ${{ from: "lab/x" }}              | ${true}
  ${from("*")}                                                   | ${{ from: "lab/x" }}              | ${true}
  ${from("*")}                                                   | ${{ from: "/outside" }}           | ${false}
  ${from("outside")}                                             | ${{ from: "/outside" }}           | ${false}
  ${from("*/outside")}                                           | ${{ from: "/outside" }}           | ${false}
  ${{ from: [{ namespaces: ["lab", "sh*"] }] }}                  | ${{}}                             | ${true}
  ${{ from: [{ namespaces: ["*"] }] }}                           | ${{ from: "/outside" }}           | ${false}
  ${{ from: [{ namespaces: ["shop"], services: ["cart"] }] }}    | ${{}}                             | ${false}
  ${{ from: [{ services: ["cart"] }, { ips: ["10.0.0.0/8"] }] }} | ${{}}                             | ${true}
  ${{ from: [{ ips: ["10.0.0.0/8", "::1"] }] }}                  | ${{ ip: "::1" }}                  | ${true}
  ${{ from: [{ ips: ["10.0.0.0/8"] }] }}                         | ${{ ip: "::ffff:10.9.9.9" }}      | ${true}
  ${{ from: [{ ips: ["10.0.0.0/8"] }] }}                         | ${{ ip: "" }}                     | ${false}
  ${to({ methods: ["PUT", "GET"] })}                             | ${{}}                             | ${true}
  ${to({ methods: ["PUT"] })}                                    | ${{}}                             | ${false}
  ${to({ paths: ["/admin"] })}                                   | ${{ target: "/admin?x=1" }}       | ${true}
  ${to({ paths: ["/admin"] })}                                   | ${{ target: "/%61dmin" }}         | ${true}
  ${to({ paths: ["/admin/*"] })}                                 | ${{ target: "/x/../admin/y" }}    | ${true}
  ${to({ paths: ["/public/*"] })}                                | ${{ target: "/public/../admin" }} | ${false}
  ${to({ paths: ["/adm*"] })}                                    | ${{ target: "/administrator" }}   | ${true}
  ${to({ paths: ["*.html"] })}                                   | ${{ target: "/a/b.html" }}        | ${true}
  ${to({ paths: ["*"] })}                                        | ${{ target: "/x" }}               | ${true}
  ${to({ hosts: ["Pay*"] })}                                     | ${{}}                             | ${true}
  ${to({ hosts: ["*.shop"] })}                                   | ${{ host: "payments.shop" }}      | ${true}
  ${to({ hosts: ["*.shop"] })}                                   | ${{}}                             | ${false}
  ${to({ ports: [80, 81] })}                                     | ${{}}                             | ${true}
  ${to({ ports: [81] })}                                         | ${{}}                             | ${false}
  ${to({ headers: [{ name: "X-A", regex: "[0-9]+" }] })}         | ${{ headers: { "x-a": "12" } }}   | ${true}
  ${to({ headers: [{ name: "a", exact: "1" }, { name: "b", present: true }] })} | ${{ headers: { a: "1" } }} | ${false}
  ${to({ methods: ["GET"], paths: ["/x"] })}                     | ${{ target: "/y" }}               | ${false}
  ${{ to: [{ methods: ["PUT"] }, { paths: ["/y"] }] }}           | ${{ target: "/y" }}               | ${true}
  ${{ ...from("cart"), ...to({ methods: ["GET"] }) }}            | ${{}}                             | ${false}
  ${{ ...from("web"), ...to({ methods: ["GET"] }) }}             | ${{}}                             | ${true}
`("$rule meets $sent: $met", ({ rule, sent, met }) => {
  const refused = deciderOf([deny("d", e, rule)]).decide(request(sent), () => 0, 0).action?.refuse;
  expect(refused !== undefined).toBe(met);
});

test.each`
  policies                                                            | refused  | why
  ${[deny("d", e, to({ paths: ["/admin"] }))]}                        | ${true}  | ${"a deny leaves HTTP attributes out"}
  ${[deny("d", e, { ...from("cart"), ...to({ methods: ["GET"] }) })]} | ${false} | ${"but not the others"}
  ${[allow("a", e, to({ methods: ["GET"] }))]}                        | ${true}  | ${"an allow with HTTP attributes never matches"}
  ${[allow("a", e, from("web"))]}                                     | ${false} | ${"a source is known"}
  ${[allow("a", e, to({ ports: [80] }))]}                             | ${false} | ${"so is a port"}
  ${[audit("a", e, to({ hosts: ["*"] }))]}                            | ${false} | ${"audit changes nothing"}
`("without HTTP: $why", ({ policies, refused }) => {
  const padding = Array.from({ length: 20 }, (_, i) => deny(`p${i}`, e, to({ paths: [`/${i}`] })));
  const few = deciderOf(policies).decide(connection(), () => 0, 0);
  expect(few.action?.refuse !== undefined).toBe(refused);
  if (policies[0].action === "deny" && refused) {
    const many = deciderOf([...padding, ...policies]).decide(connection(), () => 0, 0);
    expect(many.action?.refuse?.policy).toBe("d");
  }
});

test("any set of enforced policies decides as Istio's rule says", () => {
  const services = fc.subarray(["web", "cart", "x"], { minLength: 1 });
  const one = fc.record({
    action: fc.constantFrom("allow", "deny", "audit"),
    rules: fc.array(
      services.map((s) => from(...s)),
      { maxLength: 2 },
    ),
  });
  fc.assert(
    fc.property(
      fc.array(one, { maxLength: 4 }),
      fc.constantFrom("shop/web", "shop/cart", "lab/web"),
      (specs, caller) => {
        const met = (spec: { rules: ReturnType<typeof from>[] }) =>
          spec.rules.some((rule) => rule.from[0]?.services.some((service) => `shop/${service}` === caller));
        const allows = specs.filter(({ action }) => action === "allow");
        const denied = specs.some((spec) => spec.action === "deny" && met(spec));
        const expected = denied || (allows.length > 0 && !allows.some(met));
        const policies = specs.map((spec, i) => policy("authorization", `p${i}`, e, spec));
        const { action } = deciderOf(policies).decide(request({ from: caller }), () => 0, 0);
        expect(action?.refuse !== undefined).toBe(expected);
      },
    ),
  );
});
