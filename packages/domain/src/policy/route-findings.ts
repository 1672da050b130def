import { type Finding, findingOf } from "../finding/finding.ts";
import { methodFinding } from "./operation-findings.ts";
import type { PolicyOf } from "./policy.ts";
import { isRedirectLoop } from "./redirect-loop.ts";
import { retryFindings } from "./retry-findings.ts";
import type { RouteRule } from "./route.ts";
import { ruleOrderFindings } from "./rule-order-findings.ts";
import type { KnownService } from "./validate-policy.ts";
import { mirrorFindings } from "./version-findings.ts";

/** What is odd about a route's rules beside their weighted backends. @param others the service's other routes. */
export function routeFindings(
  route: PolicyOf<"route">,
  target: KnownService,
  others: readonly PolicyOf<"route">[],
): Finding[] {
  return [
    ...ruleOrderFindings(route, others),
    ...route.rules.flatMap((rule, index) => {
      const path = `rules[${index}]`;
      return [
        ...ownMirrorFindings(rule, path, target),
        ...(isRedirectLoop(route.rules, rule)
          ? [findingOf("redirect-loop", `${path}.redirect`, "leads back to a redirect, again and again")]
          : []),
        ...retryFindings(rule, path),
        ...(rule.match ?? []).flatMap(({ method }, place) =>
          method === undefined ? [] : methodFinding(method, `${path}.match[${place}].method`),
        ),
      ];
    }),
  ];
}

function ownMirrorFindings(
  { mirror, backends = [] }: RouteRule,
  rule: string,
  target: KnownService,
): Finding[] {
  if (mirror === undefined) return [];
  const path = `${rule}.mirror.version`;
  const { version } = mirror;
  const findings = mirrorFindings(version, path, target);
  if (backends.some((backend) => backend.version === version && backend.weight === 100))
    findings.push(
      findingOf(
        "mirror-to-itself",
        path,
        `${version} gets all requests of this rule, and so each of them twice`,
      ),
    );
  return findings;
}
