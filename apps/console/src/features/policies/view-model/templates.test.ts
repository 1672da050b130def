import { policyKinds, validatePolicy } from "@weir/domain";
import { readPolicyText } from "@weir/policy-text";
import { expect, test } from "vitest";
import { templateOf } from "./templates.ts";

const shop = { namespace: "shop", service: "cart", versions: [], taken: [] };

test.each(policyKinds)("the first draft of a %s is acceptable, and begins in observe", (kind) => {
  for (const versions of [["v1"], ["v1", "v2"]])
    for (const service of ["payments", "p".repeat(63)]) {
      const text = templateOf(kind, { namespace: "shop", service, versions, taken: [] });
      const [{ policy, findings } = { policy: undefined, findings: [] }] = readPolicyText(text);
      expect(findings).toEqual([]);
      expect(policy).toMatchObject({ kind, mode: "observe", targetRef: service });
      const known = [{ namespace: "shop", name: service, versions, readyVersions: versions }];
      expect(policy && validatePolicy(policy, known)).toEqual([]);
    }
});

test("a service without a version has a draft, too", () => {
  expect(templateOf("canary", { ...shop, service: "new" })).toContain("version: v1");
});

test("a name that is taken is not taken again", () => {
  const taken = ["cart-limit", "cart-limit-2"];
  expect(templateOf("rateLimit", { ...shop, taken })).toContain("\nname: cart-limit-3\n");
});
