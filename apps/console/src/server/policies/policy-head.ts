import type { StoredPolicy } from "@weir/store";
import type { PolicyHead } from "./policy-schemas.ts";

/** What stands about a policy in lists and titles. */
export function policyHead({ policy, resolvedMode, changedAt, changedBy }: StoredPolicy): PolicyHead {
  const { namespace, name, kind, targetRef, mode, revision } = policy;
  return {
    ...{ namespace, name, kind, targetRef, revision, changedBy },
    inForce: resolvedMode,
    ownMode: mode,
    changedAtMs: changedAt.getTime(),
  };
}
