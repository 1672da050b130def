import type { AuditEntry, MeshChange } from "@weir/store";
import { expect, test } from "vitest";
import { lastMoveMs } from "./last-move.ts";

const older = of("mesh.mode", "mesh", 100);
const versionSeen: MeshChange = {
  kind: "version",
  seen: {
    ...{ at: new Date(500), service: { namespace: "shop", name: "payments" }, version: "v3" },
    ...{ evidence: "sidecar", isFirst: false },
  },
};

function of(action: string, subject: string, atMs = 500): MeshChange {
  const entry: AuditEntry = {
    ...{ id: 1, at: new Date(atMs), configRevision: 1, author: "ada", reason: undefined },
    ...{ action, subject, before: undefined, after: undefined },
  };
  return { kind: "audit", entry };
}

test.each`
  newest                                                  | moves    | what
  ${of("policy.put", "policy/shop/payments-canary")}      | ${true}  | ${"the canary"}
  ${of("policy.delete", "policy/shop/payments-canary")}   | ${true}  | ${"its end"}
  ${of("service.stableVersion", "service/shop/payments")} | ${true}  | ${"the stable version"}
  ${of("namespace.mode", "namespace/shop")}               | ${true}  | ${"a mode"}
  ${of("policy.put", "policy/shop/limit")}                | ${false} | ${"another policy"}
  ${versionSeen}                                          | ${false} | ${"a version that is new"}
`("$what moves traffic: $moves", ({ newest, moves }) => {
  expect(lastMoveMs([newest, older], "payments-canary")).toBe(moves ? 500 : 100);
});

test("without any such change there is no last one", () => {
  expect(lastMoveMs([of("policy.put", "policy/shop/limit")], undefined)).toBeUndefined();
});
