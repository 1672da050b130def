import type { Caller, CallerActs, PolicyPrediction } from "./prediction.ts";
import type { PolicyActs } from "./watch-progress.ts";

/**
 * Callers that nobody predicted: they are not held against the policy. Who called in the day before without being judged
 * is none of them, since of each of those it is asked how many of its requests the policy acts on. Of a policy of which
 * nothing was known all callers are asked about together, so there is no new one. Nor is one of whom the policy said nothing.
 */
export function newCallers(
  { evaluated, callers, unheard = [] }: PolicyPrediction,
  acts: Pick<PolicyActs, "callers">,
): CallerActs[] {
  if (evaluated === 0) return [];
  const known = new Set([...callers, ...unheard].map(nameOf));
  return acts.callers.filter((caller) => caller.evaluated > 0 && !known.has(nameOf(caller)));
}

function nameOf({ namespace, service }: Caller): string {
  return `${namespace}/${service}`;
}
