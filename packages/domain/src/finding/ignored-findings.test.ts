import { expect, test } from "vitest";
import { Policy, type RevisedPolicy } from "../policy/policy.ts";
import { validatePolicy } from "../policy/validate-policy.ts";
import { Service } from "../service/service.ts";
import { compileSnapshot } from "../snapshot/compile-snapshot.ts";
import { SnapshotContent } from "../snapshot/snapshot.ts";
import { withIgnored } from "./finding.ts";

const written = (ignoreFindings?: unknown) => ({
  ...{ kind: "circuitBreaker", name: "b", namespace: "shop", targetRef: "payments", maxRequests: 0 },
  ...(ignoreFindings === undefined ? {} : { ignoreFindings }),
});
const services = [{ namespace: "shop", name: "payments", versions: ["v1"], readyVersions: ["v1"] }];

test("what a policy says is meant so is marked, and stays", () => {
  const found = validatePolicy(Policy.parse(written(["refuses-all"])), services);
  expect(found).toMatchObject([{ code: "refuses-all", severity: "warning", ignored: true }]);
});

test("another code is not touched", () => {
  const found = validatePolicy(Policy.parse(written(["denies-all"])), services);
  expect(found[0]).not.toHaveProperty("ignored");
});

test("an error cannot be ignored, whatever is asked for", () => {
  expect(Policy.safeParse(written(["unknown-service"])).success).toBe(false);
  expect(Policy.safeParse(written([])).success).toBe(false);
  const error = { code: "c", path: "", severity: "error", message: "m", fix: "F." } as const;
  expect(withIgnored([error], ["c"])).toEqual([error]);
});

test("sidecars never see it: a snapshot with and without it is the same", () => {
  const snapshotOf = (ignoreFindings?: string[]) =>
    compileSnapshot(
      {
        ...{ mesh: { mode: "observe", hold: false }, namespaces: [] },
        services: [Service.parse({ namespace: "shop", name: "payments" })],
        policies: [{ ...Policy.parse(written(ignoreFindings)), revision: 1 } as RevisedPolicy],
      },
      [],
      "shop",
    );
  expect(snapshotOf(["refuses-all"])).toEqual(snapshotOf());
  expect(SnapshotContent.safeParse(snapshotOf(["refuses-all"])).error).toBeUndefined();
});
