import { type Finding, findingOf, withIgnored } from "../../finding/finding.ts";
import type { Policy, PolicyOf } from "../policy.ts";
import { mayRepeat } from "../retry-findings.ts";
import type { RouteRule } from "../route.ts";

type Route = PolicyOf<"route">;

/** One service that was observed to call another, each as `namespace/name`. */
export interface ObservedCall {
  readonly source: string;
  readonly target: string;
}

/** Tries at the far end of a chain of calls for one request at its near end, and the services that try again, in its order. */
interface Chain {
  readonly tries: number;
  readonly retrying: readonly string[];
}

const noChain: Chain = { tries: 1, retrying: [] };

/**
 * Retries that multiply: where a service is asked up to three times by a caller that is itself asked up to three times, a failure at
 * the end makes nine requests (Google, Site Reliability Engineering, chapter 22). Retries that a budget holds do not count, nor those
 * on what no service has begun to work on. A call that closes a circle adds nothing. @param policies all of the mesh; the one that is
 * judged stands for itself.
 */
export function retryChainFindings(
  policy: Policy,
  policies: readonly Policy[],
  calls: readonly ObservedCall[],
): Finding[] {
  if (policy.kind !== "route" || !policy.rules.some(multiplies)) return [];
  const own = serviceOf(policy);
  const others = policies.filter(
    (other): other is Route =>
      other.kind === "route" &&
      other.mode !== "observe" &&
      !(other.namespace === policy.namespace && other.name === policy.name),
  );
  const triesOf = new Map<string, number>();
  for (const other of others)
    triesOf.set(serviceOf(other), Math.max(triesOf.get(serviceOf(other)) ?? 1, ...other.rules.map(triesIn)));
  const arriving = Map.groupBy(calls, ({ target }) => target);
  const leaving = Map.groupBy(calls, ({ source }) => source);
  const before = worstChain(own, (at) => arriving.get(at)?.map(({ source }) => source), triesOf, []);
  const behind = worstChain(
    own,
    (at) => leaving.get(at)?.map(({ target }) => target),
    triesOf,
    before.retrying,
  );
  const retrying = [...before.retrying.toReversed(), own, ...behind.retrying];
  if (retrying.length < 2) return [];
  const findings = policy.rules.flatMap((rule, index) => {
    if (!multiplies(rule)) return [];
    const tries = before.tries * triesIn(rule) * behind.tries;
    const message = `one request may become ${tries} at ${retrying.at(-1)}: ${retrying.join(", then ")} are each tried again`;
    return [findingOf("retries-multiply", `rules[${index}].retry.attempts`, message)];
  });
  return withIgnored(findings, policy.ignoreFindings);
}

/**
 * The chain with most tries on one side of a service, from the nearest service on; the service itself is not in it. @param apart that
 * stand on its other side: a chain through them would close a circle.
 */
function worstChain(
  service: string,
  nextTo: (service: string) => readonly string[] | undefined,
  triesOf: ReadonlyMap<string, number>,
  apart: readonly string[],
): Chain {
  const known = new Map<string, Chain>();
  const passed = new Set(apart);
  const beyond = (at: string): Chain => {
    const found = known.get(at);
    if (found !== undefined) return found;
    passed.add(at);
    let worst = noChain;
    for (const next of nextTo(at) ?? []) {
      if (passed.has(next)) continue;
      const rest = beyond(next);
      const tries = triesOf.get(next) ?? 1;
      if (tries * rest.tries <= worst.tries) continue;
      worst = { tries: tries * rest.tries, retrying: tries > 1 ? [next, ...rest.retrying] : rest.retrying };
    }
    passed.delete(at);
    known.set(at, worst);
    return worst;
  };
  return beyond(service);
}

function triesIn(rule: RouteRule): number {
  return multiplies(rule) ? 1 + (rule.retry?.attempts ?? 0) : 1;
}

function multiplies(rule: RouteRule): boolean {
  return mayRepeat(rule) && rule.retry?.budget === undefined;
}

function serviceOf({ namespace, targetRef }: Policy): string {
  return `${namespace}/${targetRef}`;
}
