import type { ServiceSummary, StoredPolicy } from "@weir/store";
import { expect, test } from "vitest";
import { canaryService, isSplittable } from "./canary-service.ts";

const payments: ServiceSummary = {
  namespace: "shop",
  name: "payments",
  hosts: [],
  protocol: "http",
  versions: ["v1", "v2"],
  readyVersions: ["v1"],
  resolvedMode: { mode: "observe", origin: "mesh" },
  stableVersionInForce: "v1",
};

function canary(name: string, over: { targetRef?: string; namespace?: string } = {}): StoredPolicy {
  return {
    policy: {
      kind: "canary",
      name,
      namespace: "shop",
      targetRef: "payments",
      revision: 3,
      backends: [{ version: "v1", weight: 100 }],
      ...over,
    },
    resolvedMode: { mode: "enforce", origin: "policy" },
    changedAt: new Date(1_000),
    changedBy: "ada",
  };
}

const route: StoredPolicy = {
  ...canary("a-route"),
  policy: {
    kind: "route",
    name: "a-route",
    namespace: "shop",
    targetRef: "payments",
    revision: 1,
    rules: [{ backends: [{ version: "v1", weight: 100 }] }],
  },
};

test("of several canaries the first by name decides; the others and the routes are told of", () => {
  const found = canaryService(payments, [
    canary("b"),
    canary("a"),
    route,
    canary("x", { targetRef: "cart" }),
  ]);
  expect(found.canary).toMatchObject({ name: "a", revision: 3, changedBy: "ada", changedAtMs: 1_000 });
  expect(found.canary).toMatchObject({ pinnedTo: [], mirror: undefined });
  expect(found.canary?.inForce).toEqual({ mode: "enforce", origin: "policy" });
  expect(found.otherPolicies).toEqual([
    { name: "a-route", kind: "route" },
    { name: "b", kind: "canary" },
  ]);
});

test("it tells what goes to a version whatever the weights, and what is copied", () => {
  const { policy, ...stored } = canary("a");
  const pins = ["v2", "v1", "v2"].map((version) => ({ match: [{ method: "GET" }], version }));
  const more = { ...policy, pins, mirror: { version: "v2" } } as StoredPolicy["policy"];
  expect(canaryService(payments, [{ ...stored, policy: more }]).canary).toMatchObject({
    pinnedTo: ["v2", "v1"],
    mirror: { version: "v2", percent: 100 },
  });
});

test.each`
  versions        | policies         | splittable | why
  ${["v1", "v2"]} | ${[]}            | ${true}    | ${"two versions can share"}
  ${["v1"]}       | ${[]}            | ${false}   | ${"one version has it all"}
  ${["v1"]}       | ${[canary("a")]} | ${true}    | ${"a canary stays in sight when its version went away"}
`("$why", ({ versions, policies, splittable }) => {
  expect(isSplittable(canaryService({ ...payments, versions }, policies))).toBe(splittable);
});
