import { type Finding, findingOf } from "../finding/finding.ts";
import { covers } from "./covers.ts";
import type { PolicyOf } from "./policy.ts";
import type { RouteMatch, RouteRule } from "./route.ts";

/** A rule that stands before another, and how it is called there. */
interface EarlierRule {
  readonly called: string;
  readonly rule: RouteRule;
}

/**
 * Rules that never have a say, since what stands before them matches all that they do: rules of this route, and
 * those of other routes of the service, which come in the order of their names. A route that only observes is
 * followed by nobody, and so hides nothing.
 */
export function ruleOrderFindings(route: PolicyOf<"route">, others: readonly PolicyOf<"route">[]): Finding[] {
  const rivals = others.filter(({ mode }) => mode !== "observe");
  const before = rivals.filter(({ name }) => name < route.name).flatMap(rulesOf);
  return route.rules.flatMap((rule, index) => {
    const path = `rules[${index}]`;
    const twins = route.mode === "observe" ? [] : twinFindings(route, rule, path, rivals);
    const earlier = [
      ...route.rules.slice(0, index).map((rule, place): EarlierRule => ({ called: `rules[${place}]`, rule })),
      ...(twins.length > 0 ? [] : before),
    ];
    return [...twins, ...hiddenFindings(rule, path, earlier)];
  });
}

export function alternativesOf({ match }: RouteRule): readonly RouteMatch[] {
  return match ?? [{}];
}

function rulesOf({ name, rules }: PolicyOf<"route">): EarlierRule[] {
  return rules.map((rule, index) => ({ called: `rules[${index}] of route ${name}`, rule }));
}

function hiddenFindings(rule: RouteRule, path: string, earlier: readonly EarlierRule[]): Finding[] {
  const hiddenBy = alternativesOf(rule).map((narrow) =>
    earlier.find((one) => alternativesOf(one.rule).some((wide) => covers(wide, narrow))),
  );
  const hiding = [...new Set(hiddenBy.flatMap((one) => one?.called ?? []))].join(" and ");
  if (!hiddenBy.includes(undefined))
    return [
      findingOf("unreachable-rule", path, `can never match: all that it matches meets ${hiding} before`),
    ];
  return hiddenBy.flatMap((one, index) =>
    one
      ? [
          findingOf(
            "unreachable-match",
            `${path}.match[${index}]`,
            `can never match: all that it matches meets ${one.called} before`,
          ),
        ]
      : [],
  );
}

/** Another route that has the very same match. */
function twinFindings(
  { name }: PolicyOf<"route">,
  rule: RouteRule,
  path: string,
  rivals: readonly PolicyOf<"route">[],
): Finding[] {
  const own = alternativesOf(rule);
  return rivals.flatMap((rival) => {
    const twin = rival.rules.findIndex((other) =>
      alternativesOf(other).some((theirs) =>
        own.some((ours) => covers(theirs, ours) && covers(ours, theirs)),
      ),
    );
    if (twin < 0) return [];
    const first = rival.name < name ? rival.name : name;
    return [
      findingOf(
        "same-match",
        path,
        `rules[${twin}] of route ${rival.name} is about the same requests; ${first} comes first by name and decides`,
      ),
    ];
  });
}
