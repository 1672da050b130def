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

test("a text of more policies than sidecars bear is accepted as far as they stand; several new ones count together", () => {
  const texts = (count: number) => Array.from({ length: count }, (_, at) => limit(`l${at}`));
  const policiesOf = (count: number) =>
    checkPolicyText(texts(count).join("---\n"), services).flatMap(({ policy }) => policy ?? []);
  const severities = (count: number, inForce: number) =>
    checkPolicyText(texts(count).join("---\n"), services, policiesOf(inForce)).flatMap(({ findings }) =>
      findings.map(({ severity, code }) => `${severity} ${code}`),
    );
  expect(new Set(severities(250, 250))).toEqual(new Set(["warning too-many-policies"]));
  expect(severities(250, 249).filter((one) => one === "error too-many-policies")).toHaveLength(1);
  expect(severities(201, 199).filter((one) => one === "error too-many-policies")).toHaveLength(2);
  expect(severities(200, 199)).toEqual([]);
});
