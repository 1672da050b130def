import { type Finding, findingOf } from "../../finding/finding.ts";
import { compileMatch } from "../../match/compile-match.ts";
import { RequestReader } from "../../match/request-reader.ts";
import type { PolicyOf } from "../policy.ts";
import { EvidenceReader, type TrafficEvidence, windowWords } from "./traffic-evidence.ts";

/** Pins that no request surely or possibly meets. */
export function canaryTrafficFindings(
  { pins = [] }: PolicyOf<"canary">,
  evidence: TrafficEvidence,
): Finding[] {
  const reader = new EvidenceReader();
  const requestReader = new RequestReader();
  return pins.flatMap(({ match }, index) => {
    const conditions = match.map((one) => compileMatch(one, requestReader));
    if (evidence.requests.some((request) => reader.isAnyMet(conditions, request) !== "no")) return [];
    return [findingOf("match-not-met", `pins[${index}]`, `no request of ${windowWords(evidence)} meets it`)];
  });
}
