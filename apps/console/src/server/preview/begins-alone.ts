import { isAllow, sparedVerdict } from "@weir/domain";
import type { StoredPolicy } from "@weir/store";
import type { EffectScope } from "./observed-schemas.ts";

/**
 * Whether a policy is looked at as if it began to act by itself: what only others let in, it then refuses. Not where one of
 * them acts already, which refuses the same.
 */
export function beginsAlone(
  { scope }: EffectScope,
  { policy: own }: StoredPolicy,
  all: readonly StoredPolicy[],
): boolean {
  const isBeside = ({ policy, resolvedMode }: StoredPolicy) =>
    isAllow(policy) &&
    policy.namespace === own.namespace &&
    policy.targetRef === own.targetRef &&
    resolvedMode.mode === "enforce";
  return scope === "policy" && !all.some(isBeside);
}

/** What a policy that begins to act alone would say instead. */
export function unsparedVerdict(verdict: string): string {
  return verdict === sparedVerdict ? "deny" : verdict;
}
