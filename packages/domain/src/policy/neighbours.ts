import type { Policy } from "./policy.ts";

/**
 * Finds the policies that are for one's service, oneself left out: made once of all, asked of each. Of two with one
 * name the later counts.
 */
export function neighbours(policies: readonly Policy[]): (policy: Policy) => readonly Policy[] {
  const byName = new Map(policies.map((policy) => [`${policy.namespace}/${policy.name}`, policy]));
  const byTarget = Map.groupBy(byName.values(), targetOf);
  return (policy) => (byTarget.get(targetOf(policy)) ?? []).filter(({ name }) => name !== policy.name);
}

function targetOf({ namespace, targetRef }: Policy): string {
  return `${namespace}/${targetRef}`;
}
