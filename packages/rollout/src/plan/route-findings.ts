import { covers, type Finding, type RouteRule, type RouteSpec } from "@weir/domain";
import type { RolloutPlan } from "./plan.ts";

/** A route policy of the service that acts, or does so once the mesh is no longer on hold. */
export interface PresentRoute extends RouteSpec {
  readonly name: string;
}

/**
 * Rules that choose a version before any canary policy is asked: a rollout has no say about the requests that they match. Where a rule
 * that matches all requests does, and no rule before it leaves any to the canary, the rollout would move nobody, and is refused.
 * @param routes in the order of their names, which they are asked in.
 */
export function routeFindings({ targetRef }: RolloutPlan, routes: readonly PresentRoute[]): Finding[] {
  const rules = routes.flatMap(({ name, rules }) =>
    rules.map((rule, at) => ({ route: name, label: rule.name ?? `rules[${at}]`, rule })),
  );
  const last = rules.findIndex(({ rule }) => matchesAll(rule));
  const asked = last === -1 ? rules : rules.slice(0, last + 1);
  const leavesSome = asked.some(({ rule }) => rule.backends === undefined && rule.redirect === undefined);
  return asked.flatMap(({ route, label, rule }): Finding[] => {
    if (rule.backends === undefined) return [];
    const all = matchesAll(rule);
    const severity = all && !leavesSome ? "error" : "warning";
    const shares = rule.backends.map(({ version, weight }) => `${version} ${weight} %`).join(", ");
    const which = all
      ? `every request of ${targetRef} that no rule before it matches`
      : "the requests that it matches";
    return [
      {
        ...{ code: "route-decides", path: "targetRef", severity },
        message: `route policy ${route} decides first: its rule ${label} sends ${which} to ${shares}, and the rollout has no say about them`,
        fix: `Remove backends from rule ${label} of route policy ${route}, or set the policy to observe${severity === "error" ? "" : "; or leave them to it"}.`,
      },
    ];
  });
}

function matchesAll({ match }: RouteRule): boolean {
  return match === undefined || match.some((one) => covers(one, {}));
}
