import { compileHttpMatch } from "../match/compile-http-match.ts";
import type { Matcher } from "../match/compile-match.ts";
import type { RequestReader } from "../match/request-reader.ts";
import { RuleIndex, type RuleKeys } from "../match/rule-index.ts";
import { keysOfMatch } from "../match/rule-keys.ts";
import { withoutTrailingSlash } from "../match/without-trailing-slash.ts";
import type { RouteMatch, RouteSpec } from "../policy/route.ts";
import type { DecisionStage, OutcomeDraft } from "./outcome-draft.ts";
import { byName, type PolicyFacts } from "./policy-voice.ts";
import { type Drawn, RouteEffect } from "./route-effect.ts";

type Route = PolicyFacts & RouteSpec;

/** One alternative of a rule's match, at its place among all rules of all routes. */
interface Alternative {
  readonly keys: RuleKeys;
  readonly matches: Matcher;
  /** Place among all alternatives, by the policy's name and then as written. */
  readonly place: number;
  readonly policy: string;
  readonly prefixLength: number;
  readonly effect: RouteEffect;
}

/**
 * Routes in the order of their names. The first enforced rule that matches is followed; observed routes before it
 * say what their first matching rule would do. True: the request goes nowhere, or its version is chosen.
 */
export function routeStage(
  policies: readonly Route[],
  stableVersion: string | undefined,
  reader: RequestReader,
): DecisionStage {
  const alternatives = compileAlternatives(policies, stableVersion, reader);
  const enforced = new RuleIndex(alternatives.enforce);
  const observed = new RuleIndex(alternatives.observe);
  return (request, draft, random) => {
    const followed = enforced.at(enforced.first(request));
    if (observed.size > 0) {
      const before = followed ? firstBehind(alternatives.observe, followed.place) : observed.size;
      let policy: string | undefined;
      for (const order of observed.all(request, request.path, before)) {
        const alternative = observed.at(order)!;
        if (alternative.policy === policy) continue;
        policy = alternative.policy;
        record(alternative, alternative.effect.draw(request, random), draft);
      }
    }
    if (followed === undefined) return false;
    const { effect, prefixLength } = followed;
    const drawn = effect.draw(request, random);
    record(followed, drawn, draft);
    draft.action = effect.actionFor(drawn, request, prefixLength);
    draft.route = effect.route;
    if (drawn.version === undefined) return drawn.answered;
    draft.version = drawn.version;
    draft.pinned = true;
    return true;
  };
}

function record({ effect }: Alternative, drawn: Drawn, draft: OutcomeDraft): void {
  draft.decided(drawn.decision);
  if (!drawn.answered && effect.watch.length > 0) draft.watched(effect.watch);
}

function compileAlternatives(
  policies: readonly Route[],
  stableVersion: string | undefined,
  reader: RequestReader,
): Record<"observe" | "enforce", Alternative[]> {
  const alternatives: Record<"observe" | "enforce", Alternative[]> = { observe: [], enforce: [] };
  let place = 0;
  for (const policy of [...policies].sort(byName))
    policy.rules.forEach((rule, index) => {
      const effect = new RouteEffect(policy, rule, index, stableVersion);
      for (const match of rule.match ?? [{}])
        alternatives[policy.mode].push({
          keys: keysOfMatch(match),
          matches: compileHttpMatch(match, reader),
          place: place++,
          policy: policy.name,
          prefixLength: prefixLengthOf(match),
          effect,
        });
    });
  return alternatives;
}

function prefixLengthOf({ path }: RouteMatch): number {
  return path && "prefix" in path ? withoutTrailingSlash(path.prefix).length : 0;
}

/** How many alternatives stand before a place: they are sorted by it. */
function firstBehind(alternatives: readonly Alternative[], place: number): number {
  let low = 0;
  let high = alternatives.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (alternatives[middle]!.place < place) low = middle + 1;
    else high = middle;
  }
  return low;
}
