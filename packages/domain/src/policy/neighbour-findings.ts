import { type Finding, findingOf } from "../finding/finding.ts";
import type { Policy, PolicyKind } from "./policy.ts";

/** Kinds of which a sidecar uses one for a service, and never asks another. */
const onlyOne: readonly PolicyKind[] = ["outlierDetection", "loadBalancer"];

/**
 * Policies of one kind for one service that get in each other's way. They come in the order of their names; of
 * canaries and circuit breakers the first that is enforced acts. @param others the service's other policies.
 */
export function neighbourFindings(policy: Policy, others: readonly Policy[]): Finding[] {
  return others
    .filter(({ kind }) => kind === policy.kind)
    .flatMap((other) => {
      if (onlyOne.includes(policy.kind)) return [secondOfItsKind(policy, other)];
      const [first, second] = other.name < policy.name ? [other, policy] : [policy, other];
      return hides(first, second) ? [hiddenPolicy(first, second, policy)] : [];
    });
}

/** Whether the second would have no say once the first is enforced. */
function hides(first: Policy, second: Policy): boolean {
  if (first.mode === "observe") return false;
  return first.kind === "canary" || (first.kind === "circuitBreaker" && second.mode !== "observe");
}

function secondOfItsKind({ kind, targetRef }: Policy, other: Policy): Finding {
  const message = `${targetRef} already has the ${kind} ${other.name}; a sidecar uses one of them, and the other never has a say`;
  return findingOf("second-of-its-kind", "targetRef", message);
}

function hiddenPolicy(first: Policy, second: Policy, own: Policy): Finding {
  const message =
    own === second
      ? `${first.kind} ${first.name} comes first by name; where it is enforced, this one has no say`
      : `comes before ${second.kind} ${second.name} by name; where it is enforced, that one has no say`;
  return findingOf("hidden-policy", "targetRef", message);
}
