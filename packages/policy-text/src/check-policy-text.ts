import { type KnownService, type Policy, validatePolicy } from "@weir/domain";
import type { PlacedFinding } from "./placed-finding.ts";
import { readPolicyText } from "./read-policy-text.ts";

/** A policy of a text, and all that is to say about it. */
export interface CheckedPolicy {
  /** Undefined where it cannot be read at all. */
  readonly policy: Policy | undefined;
  readonly findings: readonly PlacedFinding[];
}

/** Reads a text, and judges each policy that is well formed by what the mesh has. */
export function checkPolicyText(text: string, services: readonly KnownService[]): CheckedPolicy[] {
  return readPolicyText(text).map(({ policy, findings, place }) => ({
    policy,
    findings: policy ? validatePolicy(policy, services).map(place) : findings,
  }));
}
