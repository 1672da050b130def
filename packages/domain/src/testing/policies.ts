import { type Cells, localCells } from "../cells.ts";
import { compileDecider, type Decider } from "../decision/decide.ts";
import type { Mode } from "../mode/mode.ts";
import type { PolicyKind } from "../policy/policy.ts";
import { SnapshotPolicy } from "../snapshot/snapshot.ts";

/** A policy of payments in shop, as a sidecar gets it; parsed, so that no test runs on what could not be written. */
export function policy(kind: PolicyKind, name: string, mode: Mode, spec: object): SnapshotPolicy {
  const common = { kind, name, namespace: "shop", targetRef: "payments", mode, revision: 1 };
  return SnapshotPolicy.parse({ ...common, ...spec });
}

/** A decider of payments, whose stable version is v1, for both sides. */
export function deciderOf(policies: readonly SnapshotPolicy[], cells: Cells = localCells()): Decider {
  return compileDecider(
    { name: "payments", stableVersion: "v1", policies: [...policies] },
    { sides: { admission: true, routing: true }, cells },
  );
}
