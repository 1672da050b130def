import {
  type Finding,
  findingOf,
  type KnownService,
  neighbours,
  type Policy,
  validatePolicy,
} from "@weir/domain";
import type { PlacedFinding } from "./placed-finding.ts";
import { readPolicyText, type WrittenPolicy } from "./read-policy-text.ts";

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
 * those of the text will stand beside; each of the text counts in place of its namesake, and none may stand in it twice.
 */
export function checkPolicyText(
  text: string,
  services: readonly KnownService[],
  inForce: readonly Policy[] = [],
): CheckedPolicy[] {
  const written = readPolicies(text);
  const neighboursOf = neighbours([...inForce, ...written.flatMap(({ policy }) => policy ?? [])]);
  const standing = new Map(inForce.map((policy) => [nameOf(policy), policy]));
  return written.map((one) => {
    const { policy, findings, place } = one;
    if (!policy) return one;
    const judged = validatePolicy(policy, services, neighboursOf(policy), standing.get(nameOf(policy)));
    return { ...one, findings: [...findings, ...judged.map(place)] };
  });
}

/** The policies of a text, judged by their form alone: what they say of the mesh is of no account where they are deleted. */
export function readPolicies(text: string): CheckedPolicy[] {
  const written = readPolicyText(text);
  const namesakesOf = namesakes(written);
  return written.map((one) => ({
    ...one,
    findings: [...twiceFindings(one, namesakesOf(one)), ...one.findings],
  }));
}

/** Finds the policies of a text with the name of one, itself among them. */
function namesakes(written: readonly WrittenPolicy[]): (one: WrittenPolicy) => readonly WrittenPolicy[] {
  const byName = Map.groupBy(written, ({ policy }) => policy && nameOf(policy));
  return ({ policy }) => (policy ? (byName.get(nameOf(policy)) ?? []) : []);
}

function nameOf({ namespace, name }: Policy): string {
  return `${namespace}/${name}`;
}

function twiceFindings(one: WrittenPolicy, namesakes: readonly WrittenPolicy[]): PlacedFinding[] {
  if (namesakes.length < 2 || !one.policy) return [];
  const { namespace, name } = one.policy;
  const finding = (message: string) => findingOf("policy-twice", "name", message);
  const lines = namesakes.filter((other) => other !== one).map((other) => other.place(finding("")).line);
  const elsewhere = `${lines.length === 1 ? "line" : "lines"} ${lines.join(", ")}`;
  return [one.place(finding(`${namespace}/${name} stands at ${elsewhere} too`))];
}
