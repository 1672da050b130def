import { compileAuthorizationRule } from "../../authorization/compile-rule.ts";
import { type Finding, findingOf } from "../../finding/finding.ts";
import type { Matcher } from "../../match/compile-match.ts";
import { RequestReader } from "../../match/request-reader.ts";
import type { PolicyOf } from "../policy.ts";
import {
  callerOf,
  countOf,
  EvidenceReader,
  type ObservedRequests,
  type TrafficEvidence,
  windowWords,
} from "./traffic-evidence.ts";

type Authorization = PolicyOf<"authorization">;

/** Callers that a sentence names. */
const mostNamed = 5;

export function authorizationTrafficFindings(
  policy: Authorization,
  evidence: TrafficEvidence,
  others: readonly Authorization[],
): Finding[] {
  const reader = new EvidenceReader();
  const rules = compileRules(policy);
  const findings = rules.flatMap((matches, index) =>
    evidence.requests.every((request) => reader.isMet(matches, request) === "no")
      ? [findingOf("rule-not-met", `rules[${index}]`, `no request of ${windowWords(evidence)} meets it`)]
      : [],
  );
  const { action = "allow" } = policy;
  if (action === "deny") findings.push(...deniedFindings(rules, evidence, reader));
  if (action === "allow" && rules.length > 0) {
    const allowing = [policy, ...others.filter(isAllowing)].flatMap(compileRules);
    findings.push(...leftOutFindings(allowing, evidence, reader));
  }
  return findings;
}

function compileRules({ namespace, action = "allow", rules }: Authorization): Matcher[] {
  const reader = new RequestReader();
  return rules.map((rule) => compileAuthorizationRule(rule, { namespace, action, reader }));
}

function isAllowing({ action = "allow", mode }: Authorization): boolean {
  return action === "allow" && mode !== "observe";
}

function deniedFindings(
  rules: readonly Matcher[],
  evidence: TrafficEvidence,
  reader: EvidenceReader,
): Finding[] {
  return rules.flatMap((matches, index) => {
    const denied = evidence.requests.filter((request) => reader.isMet(matches, request) === "yes");
    return denied.length > 0
      ? [findingOf("denies-observed", `rules[${index}]`, refusalOf(denied, evidence))]
      : [];
  });
}

/** Callers of which nothing would be let in any more, and requests of those of which some would. */
function leftOutFindings(
  allowing: readonly Matcher[],
  evidence: TrafficEvidence,
  reader: EvidenceReader,
): Finding[] {
  const refused = new Set(evidence.requests.filter((request) => reader.isAnyMet(allowing, request) === "no"));
  const byCaller = Map.groupBy(evidence.requests, callerOf);
  const leftOut = [...byCaller.values()].filter((own) => own.every((request) => refused.has(request))).flat();
  const partly = [...refused].filter((request) => !leftOut.includes(request));
  return [
    ...(leftOut.length > 0 ? [findingOf("leaves-out-caller", "rules", refusalOf(leftOut, evidence))] : []),
    ...(partly.length > 0 ? [findingOf("denies-observed", "rules", refusalOf(partly, evidence))] : []),
  ];
}

function refusalOf(requests: readonly ObservedRequests[], evidence: TrafficEvidence): string {
  const callers = [...new Set(requests.map(callerOf))];
  const named = callers.slice(0, mostNamed).join(", ");
  const more = callers.length > mostNamed ? ` and ${callers.length - mostNamed} more` : "";
  return `${countOf(requests)} requests of ${windowWords(evidence)} would be refused, from ${named}${more}`;
}
