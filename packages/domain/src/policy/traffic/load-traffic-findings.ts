import { type Finding, findingOf } from "../../finding/finding.ts";
import { compilePath, type Matcher } from "../../match/compile-match.ts";
import type { RateLimitMatch } from "../../rate-limit/rate-limit-spec.ts";
import type { PolicyOf } from "../policy.ts";
import {
  callerOf,
  countOf,
  EvidenceReader,
  type ObservedRequests,
  type TrafficEvidence,
  windowWords,
} from "./traffic-evidence.ts";

/** Rates are those of the busiest stretch of this length. */
const stretchMs = 10_000;

type Bucket = Pick<PolicyOf<"rateLimit">, "maxTokens" | "tokensPerFill" | "fillIntervalMs">;

/** Buckets that would have run empty, if the sidecars of the service had shared its requests evenly. */
export function limitTrafficFindings(policy: PolicyOf<"rateLimit">, evidence: TrafficEvidence): Finding[] {
  const { overrides = [], namespace } = policy;
  const reader = new EvidenceReader();
  const conditions = overrides.map(({ match }) => compileKnown(match, namespace));
  const isHeaderFree = overrides.map(({ match }) => match.header === undefined);
  const base: ObservedRequests[] = [];
  const own = overrides.map((): ObservedRequests[] => []);
  const possible = new Set<number>();
  for (const request of evidence.requests) {
    const index = conditions.findIndex((matches) => reader.isMet(matches, request) === "yes");
    if (index < 0) base.push(request);
    else if (isHeaderFree[index]) own[index]!.push(request);
    else possible.add(index);
  }
  return [
    ...emptyFindings(policy, "", base, evidence),
    ...overrides.flatMap((override, index) => {
      const path = `overrides[${index}]`;
      const requests = own[index]!;
      if (requests.length > 0) return emptyFindings(override, `${path}.`, requests, evidence);
      const met =
        possible.has(index) || evidence.requests.some((r) => reader.isMet(conditions[index]!, r) !== "no");
      return met
        ? []
        : [findingOf("match-not-met", `${path}.match`, `no request of ${windowWords(evidence)} meets it`)];
    }),
  ];
}

/** All conditions but the header, which no log keeps. */
function compileKnown({ source, path }: RateLimitMatch, namespace: string): Matcher {
  const ofPath = path && compilePath(path);
  return (request) =>
    (ofPath === undefined || ofPath(request)) &&
    (source === undefined ||
      (request.source.service === source.service &&
        request.source.namespace === (source.namespace ?? namespace)));
}

function emptyFindings(
  { maxTokens, tokensPerFill, fillIntervalMs }: Bucket,
  prefix: string,
  requests: readonly ObservedRequests[],
  { sidecars }: TrafficEvidence,
): Finding[] {
  const most = busiest(requests);
  const tokens = Math.floor((maxTokens + (tokensPerFill * stretchMs) / fillIntervalMs) * sidecars);
  if (most <= tokens) return [];
  const buckets = sidecars === 1 ? "one bucket has" : `the ${sidecars} buckets have`;
  const message = `up to ${most} requests came within ${stretchMs / 1_000} s, for which ${buckets} ${tokens} tokens at most`;
  return [findingOf("limit-under-rate", `${prefix}tokensPerFill`, message)];
}

function busiest(requests: readonly ObservedRequests[]): number {
  const counts = new Map<number, number>();
  for (const { atMs } of requests)
    for (const at of atMs) {
      const stretch = Math.floor(at / stretchMs);
      counts.set(stretch, (counts.get(stretch) ?? 0) + 1);
    }
  return Math.max(0, ...counts.values());
}

/** Callers that had more under way than a breaker lets through. It counts in each of their sidecars by itself. */
export function breakerTrafficFindings(
  { maxRequests = 1024 }: PolicyOf<"circuitBreaker">,
  { requests }: TrafficEvidence,
): Finding[] {
  const byCaller = Map.groupBy(
    requests.filter(({ source }) => source.namespace !== ""),
    callerOf,
  );
  return [...byCaller].flatMap(([caller, own]) => {
    const most = mostAtOnce(own);
    if (most <= maxRequests) return [];
    const message = `${caller} had up to ${most} requests under way at once, over all its sidecars`;
    return [findingOf("breaker-under-concurrency", "maxRequests", message)];
  });
}

function mostAtOnce(requests: readonly ObservedRequests[]): number {
  const count = countOf(requests);
  const [begins, ends] = [new Float64Array(count), new Float64Array(count)];
  let filled = 0;
  for (const { atMs, durationUs } of requests)
    atMs.forEach((at, index) => {
      begins[filled] = at;
      ends[filled++] = at + durationUs[index]! / 1_000;
    });
  begins.sort();
  ends.sort();
  let most = 0;
  let ended = 0;
  begins.forEach((begin, begun) => {
    while (ended < count && ends[ended]! <= begin) ended++;
    most = Math.max(most, begun + 1 - ended);
  });
  return most;
}
