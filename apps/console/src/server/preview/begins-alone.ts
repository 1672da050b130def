import { allowsInForce, type MeshConfig, type Policy, sparedVerdict } from "@weir/domain";
import type { EffectScope } from "./observed-schemas.ts";

/**
 * Whether policies are looked at as if each began to act by itself: what only others let in, it then refuses. Not where one of
 * them acts already, which refuses the same.
 */
export function beginsAlone({ scope }: EffectScope, config: MeshConfig): (policy: Policy) => boolean {
  const refuses = allowsInForce(config);
  return ({ namespace, targetRef }) => scope === "policy" && !refuses(namespace, targetRef);
}

/** What a policy that begins to act alone would say instead. */
export function unsparedVerdict(verdict: string): string {
  return verdict === sparedVerdict ? "deny" : verdict;
}
