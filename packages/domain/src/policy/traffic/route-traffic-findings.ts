import { type Finding, findingOf } from "../../finding/finding.ts";
import { compileMatch, type Matcher } from "../../match/compile-match.ts";
import { RequestReader } from "../../match/request-reader.ts";
import type { PolicyOf } from "../policy.ts";
import { mayRepeat, notIdempotent } from "../retry-findings.ts";
import type { RouteRule } from "../route.ts";
import { alternativesOf } from "../rule-order-findings.ts";
import {
  countOf,
  EvidenceReader,
  type ObservedRequests,
  type TrafficEvidence,
  windowWords,
} from "./traffic-evidence.ts";

/** Fewer requests say nothing about their slowest hundredth. */
const leastForP99 = 100;

/** The requests of a rule: those that surely follow it, and whether others might. */
interface Followers {
  readonly sure: ObservedRequests[];
  possible: boolean;
}

export function routeTrafficFindings({ rules }: PolicyOf<"route">, evidence: TrafficEvidence): Finding[] {
  const followers = followersOf(rules, evidence.requests);
  return rules.flatMap((rule, index) => {
    const path = `rules[${index}]`;
    const { sure, possible } = followers[index]!;
    if (!possible && sure.length === 0)
      return [
        findingOf("match-not-met", path, `no request of ${windowWords(evidence)} would follow this rule`),
      ];
    return [...slowFindings(rule, path, sure), ...repeatFindings(rule, path, sure, evidence)];
  });
}

function followersOf(rules: readonly RouteRule[], requests: readonly ObservedRequests[]): Followers[] {
  const reader = new EvidenceReader();
  const requestReader = new RequestReader();
  const matchers = rules.map((rule) =>
    alternativesOf(rule).map((match) => compileMatch(match, requestReader)),
  );
  const followers = rules.map((): Followers => ({ sure: [], possible: false }));
  for (const request of requests) follow(request, matchers, followers, reader);
  return followers;
}

/** As far as the first rule that the request surely meets; behind one that it may meet, nothing is sure. */
function follow(
  request: ObservedRequests,
  matchers: readonly (readonly Matcher[])[],
  followers: readonly Followers[],
  reader: EvidenceReader,
): void {
  let isSure = true;
  for (const [index, conditions] of matchers.entries()) {
    const met = reader.isAnyMet(conditions, request);
    if (met === "no") continue;
    const own = followers[index]!;
    if (met === "yes" && isSure) own.sure.push(request);
    else own.possible = true;
    if (met === "yes") return;
    isSure = false;
  }
}

function slowFindings({ timeoutMs }: RouteRule, path: string, sure: readonly ObservedRequests[]): Finding[] {
  if (timeoutMs === undefined || countOf(sure) < leastForP99) return [];
  const p99Ms = p99Of(sure) / 1_000;
  if (p99Ms <= timeoutMs) return [];
  const message = `of ${countOf(sure)} requests one in a hundred took ${Math.round(p99Ms)} ms or longer (p99)`;
  return [findingOf("timeout-under-p99", `${path}.timeoutMs`, message)];
}

/** Microseconds. */
function p99Of(requests: readonly ObservedRequests[]): number {
  const durations = new Int32Array(countOf(requests));
  let filled = 0;
  for (const { durationUs } of requests) {
    durations.set(durationUs, filled);
    filled += durationUs.length;
  }
  durations.sort();
  return durations[Math.ceil(durations.length * 0.99) - 1] ?? 0;
}

/** Where the match names no method, those that came tell which there are. */
function repeatFindings(
  rule: RouteRule,
  path: string,
  sure: readonly ObservedRequests[],
  evidence: TrafficEvidence,
): Finding[] {
  if (!mayRepeat(rule) || alternativesOf(rule).some(({ method }) => method !== undefined)) return [];
  const repeated = sure.filter(
    ({ method, protocol }) => notIdempotent.includes(method) && protocol !== "grpc",
  );
  if (repeated.length === 0) return [];
  const methods = [...new Set(repeated.map(({ method }) => method))].join(" and ");
  const message = `${methods} came ${countOf(repeated)} times in ${windowWords(evidence)}, and may take effect twice`;
  return [findingOf("retry-not-idempotent", `${path}.retry.on`, message)];
}
