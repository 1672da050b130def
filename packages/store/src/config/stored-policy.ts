import { Policy, parseOrThrow, type RevisedPolicy } from "@weir/domain";

/** A policy as the database keeps it, judged again: what this release cannot evaluate is refused, never ignored. */
export function parseStoredPolicy(spec: unknown, revision: number): RevisedPolicy {
  const { namespace, name } = (spec ?? {}) as Record<string, unknown>;
  const policy = parseOrThrow(Policy, spec, `stored policy ${namespace}/${name}, revision ${revision}`);
  return { ...policy, revision };
}

export function policyLabel(namespace: string, name: string): string {
  return `policy/${namespace}/${name}`;
}
