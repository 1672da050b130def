import { expect, test } from "vitest";
import { Policy } from "./policy.ts";
import { uncoveredServices } from "./uncovered-services.ts";

const services = ["shop/payments", "shop/web", "lab/trial"].map((text) => {
  const [namespace = "", name = ""] = text.split("/");
  return { namespace, name };
});
const authorization = (targetRef: string) =>
  Policy.parse({ kind: "authorization", name: "a", namespace: "shop", targetRef, rules: [{}] });
const limit = Policy.parse({
  ...{ kind: "rateLimit", name: "l", namespace: "shop", targetRef: "web" },
  ...{ maxTokens: 1, tokensPerFill: 1, fillIntervalMs: 1_000 },
});

test("beside one that is covered, those that are not are named, in its namespace alone", () => {
  expect(uncoveredServices(services, [authorization("payments"), limit])).toEqual([
    {
      service: { namespace: "shop", name: "web" },
      finding: expect.objectContaining({ code: "uncovered-workload", severity: "info" }),
    },
  ]);
});

test("where nobody has written an authorization nothing is said", () => {
  expect(uncoveredServices(services, [limit])).toEqual([]);
});
