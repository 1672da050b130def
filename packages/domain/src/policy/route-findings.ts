import { type Finding, findingOf } from "../finding/finding.ts";
import type { PolicyOf } from "./policy.ts";
import type { RouteRule } from "./route.ts";
import type { KnownService } from "./validate-policy.ts";
import { mirrorFindings } from "./version-findings.ts";

/** What is odd about a route's rules beside their weighted backends. */
export function routeFindings({ rules }: PolicyOf<"route">, target: KnownService): Finding[] {
  const catchAll = rules.findIndex(matchesAll);
  return rules.flatMap((rule, index) => {
    const path = `rules[${index}]`;
    const findings = rule.mirror ? mirrorFindings(rule.mirror.version, `${path}.mirror.version`, target) : [];
    if (catchAll >= 0 && index > catchAll)
      findings.push(
        findingOf(
          "unreachable-rule",
          path,
          `can never match: rules[${catchAll}] before it matches every request`,
        ),
      );
    return [...findings, ...timeoutFindings(rule, path)];
  });
}

function matchesAll({ match }: RouteRule): boolean {
  if (match === undefined) return true;
  return match.some(
    ({ path, method, headers = [], query = [] }) =>
      method === undefined &&
      headers.length + query.length === 0 &&
      (path === undefined || ("prefix" in path && path.prefix === "/")),
  );
}

function timeoutFindings({ timeoutMs, retry, fault }: RouteRule, path: string): Finding[] {
  const findings: Finding[] = [];
  if (timeoutMs === undefined) return findings;
  if (retry?.perTryTimeoutMs !== undefined && retry.perTryTimeoutMs >= timeoutMs)
    findings.push(
      findingOf(
        "per-try-timeout",
        `${path}.retry.perTryTimeoutMs`,
        `never runs out before timeoutMs (${timeoutMs} ms), which includes all tries`,
      ),
    );
  if (fault?.delay && fault.delay.ms >= timeoutMs)
    findings.push(
      findingOf(
        "delay-over-timeout",
        `${path}.fault.delay.ms`,
        `is not shorter than timeoutMs (${timeoutMs} ms): a delayed request cannot be answered in time`,
      ),
    );
  return findings;
}
