import type { Cells } from "../cells.ts";
import { all, compileHeader, compilePath, type Matcher } from "../match/compile-match.ts";
import { RuleIndex, type RuleKeys } from "../match/rule-index.ts";
import { withoutTrailingSlash } from "../match/without-trailing-slash.ts";
import type { RateLimitMatch, RateLimitSpec } from "../rate-limit/rate-limit-spec.ts";
import { type TokenBucketSettings, takeToken, tokenBucketCells } from "../rate-limit/token-bucket.ts";
import type { Decision } from "./decision.ts";
import type { DecisionStage } from "./outcome-draft.ts";
import { byName, decisionOf, type PolicyFacts } from "./policy-voice.ts";
import { type RequestAction, refusalBy } from "./request-action.ts";

type RateLimit = PolicyFacts & RateLimitSpec & { readonly namespace: string };

interface Bucket {
  readonly keys: RuleKeys;
  readonly matches: Matcher;
  readonly cells: Int32Array;
  readonly settings: TokenBucketSettings;
  readonly within: Decision;
  readonly limited: Decision;
}

interface CompiledLimit {
  readonly overrides: RuleIndex<Bucket>;
  readonly base: Bucket;
  /** Absent in observe. */
  readonly refusal: RequestAction | undefined;
}

/**
 * Rate limits in the order of their names. Each request takes one token of each limit's bucket, observed ones
 * included, so that what an observed limit would have refused is exact; the first enforced one that is empty
 * refuses, and buckets behind it keep their tokens.
 */
export function rateLimitStage(policies: readonly RateLimit[], cells: Cells): DecisionStage {
  const limits = [...policies].sort(byName).map((policy) => compileLimit(policy, cells));
  return (request, draft, _random, nowMs) => {
    for (const { overrides, base, refusal } of limits) {
      const bucket = overrides.size === 0 ? base : (overrides.at(overrides.first(request)) ?? base);
      if (takeToken(bucket.cells, bucket.settings, nowMs)) {
        draft.decided(bucket.within);
        continue;
      }
      draft.decided(bucket.limited);
      if (refusal === undefined) continue;
      draft.action = refusal;
      return true;
    }
    return false;
  };
}

function compileLimit(policy: RateLimit, cells: Cells): CompiledLimit {
  const bucket = (
    settings: TokenBucketSettings,
    label: string,
    keys: RuleKeys = {},
    matches: Matcher = () => true,
  ): Bucket => ({
    keys,
    matches,
    cells: cells(keyOf(policy, label, settings), tokenBucketCells),
    settings,
    within: decisionOf(policy, "allow", label, false),
    limited: decisionOf(policy, "limit", label, true),
  });
  const overrides = (policy.overrides ?? []).map(({ match, ...settings }, index) =>
    bucket(
      settings,
      `overrides[${index}]`,
      keysOf(match, policy.namespace),
      compileOverride(match, policy.namespace),
    ),
  );
  const { maxTokens, tokensPerFill, fillIntervalMs } = policy;
  return {
    overrides: new RuleIndex(overrides),
    base: bucket({ maxTokens, tokensPerFill, fillIntervalMs }, "limit"),
    refusal: policy.mode === "enforce" ? refusalBy("rateLimit", policy.name) : undefined,
  };
}

/** The same limit keeps its bucket from snapshot to snapshot; other settings, or the other mode, begin anew. */
function keyOf(policy: RateLimit, label: string, settings: TokenBucketSettings): string {
  const { maxTokens, tokensPerFill, fillIntervalMs } = settings;
  return `rate-limit ${policy.mode} ${policy.namespace}/${policy.name} ${label} ${maxTokens} ${tokensPerFill} ${fillIntervalMs}`;
}

function compileOverride({ source, header, path }: RateLimitMatch, namespace: string): Matcher {
  const conditions: Matcher[] = [];
  if (source) {
    const { service } = source;
    const from = source.namespace ?? namespace;
    conditions.push((request) => request.source.service === service && request.source.namespace === from);
  }
  if (path) conditions.push(compilePath(path));
  if (header) conditions.push(compileHeader(header));
  return all(conditions);
}

function keysOf({ source, header, path }: RateLimitMatch, namespace: string): RuleKeys {
  return {
    paths: path && "exact" in path ? [path.exact] : undefined,
    prefix: path && "prefix" in path ? withoutTrailingSlash(path.prefix) : undefined,
    sources: source && [`${source.namespace ?? namespace}/${source.service}`],
    headers:
      header && "exact" in header ? [{ name: header.name.toLowerCase(), value: header.exact }] : undefined,
  };
}
