import { type Finding, type KnownService, neighbours, type Policy, validatePolicy } from "@weir/domain";
import type { PlacedFinding } from "./placed-finding.ts";
import { readPolicyText } from "./read-policy-text.ts";

/** A policy of a text, and all that is to say about it. */
export interface CheckedPolicy {
  /** Undefined where it cannot be read at all. */
  readonly policy: Policy | undefined;
  readonly findings: readonly PlacedFinding[];
  /** As of a `WrittenPolicy`. */
  readonly basedOn: number | undefined;
  /** Puts what else is known about it at its place in the text. */
  place(finding: Finding): PlacedFinding;
}

/**
 * Reads a text, and judges each policy that is well formed by what the mesh has. @param inForce the policies that
 * those of the text will stand beside; each of the text counts in place of its namesake.
 */
export function checkPolicyText(
  text: string,
  services: readonly KnownService[],
  inForce: readonly Policy[] = [],
): CheckedPolicy[] {
  const written = readPolicyText(text);
  const neighboursOf = neighbours([...inForce, ...written.flatMap(({ policy }) => policy ?? [])]);
  return written.map(({ policy, findings, basedOn, place }) => ({
    ...{ policy, basedOn },
    findings: policy ? validatePolicy(policy, services, neighboursOf(policy)).map(place) : findings,
    place,
  }));
}
