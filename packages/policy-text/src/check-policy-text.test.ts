import { expect, test } from "vitest";
import { checkPolicyText } from "./check-policy-text.ts";

const services = [{ namespace: "shop", name: "payments", versions: ["v1"], readyVersions: ["v1"] }];
const limit = (name: string, tokens = 5) => `kind: rateLimit
name: ${name}
namespace: shop
targetRef: payments
maxTokens: ${tokens}
tokensPerFill: 5
fillIntervalMs: 1000
`;

test("a policy that stands twice in a text is refused at both places, each naming the other", () => {
  const checked = checkPolicyText(`${limit("a")}---\n${limit("b")}---\n${limit("a", 6)}`, services);
  const twice = checked.map(({ findings }) => findings.filter(({ code }) => code === "policy-twice"));
  expect(twice).toMatchObject([
    [{ severity: "error", line: 2, message: "shop/a stands at line 18 too" }],
    [],
    [{ severity: "error", line: 18, message: "shop/a stands at line 2 too" }],
  ]);
});

test("namesakes in other namespaces are others", () => {
  const elsewhere = limit("a").replace("namespace: shop", "namespace: play");
  const checked = checkPolicyText(`${limit("a")}---\n${elsewhere}`, services);
  expect(checked.flatMap(({ findings }) => findings.map(({ code }) => code))).toEqual(["unknown-service"]);
});
