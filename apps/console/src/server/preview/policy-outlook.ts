import { effectOfVerdict, type Policy, previewEffects, rangeOfObserved, sumOfRanges } from "@weir/domain";
import type { ObservedDecisions, StoredPolicy } from "@weir/store";
import { policyHead } from "../policies/policy-head.ts";
import type { EffectCount, PolicyOutlook } from "./observed-schemas.ts";

export interface OutlookFacts {
  /** What the policy's present revision said while it observed. */
  readonly decisions: readonly ObservedDecisions[];
  readonly stableVersion: string | undefined;
  /** Of a caller: requests that only other observed policies let in, which this one, enforced alone, may refuse. */
  readonly spared: (caller: string) => number;
}

/** What one policy would have done, by who called. */
export function policyOutlook(stored: StoredPolicy, facts: OutlookFacts): PolicyOutlook {
  const { policy } = stored;
  const byCaller = Map.groupBy(facts.decisions, ({ source }) => `${source.namespace}/${source.service}`);
  const callers = Array.from(byCaller, ([key, decisions]) => ({
    ...decisions[0]!.source,
    judged: judgedIn(decisions),
    effects: widened(effectsOf(policy, decisions, facts.stableVersion), policy, facts.spared(key)),
  }));
  const all = callers.flatMap(({ effects }) => effects);
  return {
    ...policyHead(stored),
    judged: callers.reduce((sum, { judged }) => sum + judged, 0),
    effects: [...Map.groupBy(all, ({ effect, verdict }) => `${effect} ${verdict}`).values()]
      .map((own): EffectCount => ({ ...own[0]!, ...sumOfRanges(own) }))
      .sort(byGravity),
    callers: callers.sort((a, b) => touchedBy(b.effects) - touchedBy(a.effects) || b.judged - a.judged),
  };
}

/** Requests; those whose answer was judged have been counted with the rule that they met. */
function judgedIn(decisions: readonly ObservedDecisions[]): number {
  return decisions.reduce(
    (sum, { verdict, evaluated }) => (/^(timeout|retry)/.test(verdict) ? sum : sum + evaluated),
    0,
  );
}

function effectsOf(
  policy: Policy,
  decisions: readonly ObservedDecisions[],
  stableVersion: string | undefined,
): EffectCount[] {
  return decisions
    .filter(({ wouldAct }) => wouldAct > 0)
    .map(({ kind, verdict, wouldAct }) => {
      const effect = effectOfVerdict(kind, verdict, stableVersion);
      return { effect, verdict, ...rangeOfObserved(effect, wouldAct, policy) };
    })
    .sort(byGravity);
}

/** Alone, an `allow` also refuses whom another one lets in that only observes. */
function widened(effects: EffectCount[], policy: Policy, spared: number): EffectCount[] {
  if (spared === 0 || policy.kind !== "authorization" || (policy.action ?? "allow") !== "allow")
    return effects;
  const denied = effects.find(({ effect }) => effect === "denied");
  const others = effects.filter((one) => one !== denied);
  const { atLeast = 0, atMost = 0 } = denied ?? {};
  return [{ effect: "denied", verdict: "deny", atLeast, atMost: atMost + spared }, ...others];
}

export function byGravity(a: Pick<EffectCount, "effect">, b: Pick<EffectCount, "effect">): number {
  return previewEffects.indexOf(a.effect) - previewEffects.indexOf(b.effect);
}

/** As many as may be, to put callers in order. */
function touchedBy(effects: readonly EffectCount[]): number {
  return effects.reduce((sum, { atLeast, atMost = atLeast }) => sum + atMost, 0);
}
