import { readFileSync } from "node:fs";
import { checkPolicyText } from "@weir/policy-text";
import { expect, test } from "vitest";
import { findingLine } from "./policy-file.ts";

const canary = `kind: canary
name: payments-canary
namespace: shop
targetRef: payments
backends:
  - { version: v1, weight: 90 }
  - { version: v2, weight: 5 }
`;

test("the example of docs/cli.md is a line as it is told", () => {
  const [finding] = checkPolicyText(canary, []).flatMap(({ findings }) => findings);
  if (!finding) throw new Error("the weights sum to 95");
  const page = readFileSync(new URL("../../../../docs/cli.md", import.meta.url), "utf8");
  expect(page).toContain(`\`${findingLine("canary.yaml", finding)}\``);
});
