import { effectOfVerdict, type Policy, previewEffects, rangeOfObserved, sumOfRanges } from "@weir/domain";
import type { ObservedDecisions, StoredPolicy } from "@weir/store";
import { policyHead } from "../policies/policy-head.ts";
import { unsparedVerdict } from "./begins-alone.ts";
import type { EffectCount, PolicyOutlook } from "./observed-schemas.ts";

export interface OutlookFacts {
  /** What the policy's present revision said while it observed. */
  readonly decisions: readonly ObservedDecisions[];
  readonly stableVersion: string | undefined;
  /** No other policy begins to act with it: what only others let in that go on observing, it refuses. */
  readonly alone: boolean;
}

/** What one policy would have done, by who called. */
export function policyOutlook(stored: StoredPolicy, facts: OutlookFacts): PolicyOutlook {
  const { policy } = stored;
  const byCaller = Map.groupBy(facts.decisions, ({ source }) => `${source.namespace}/${source.service}`);
  const callers = Array.from(byCaller.values(), (decisions) => ({
    ...decisions[0]!.source,
    judged: judgedIn(decisions),
    effects: effectsOf(policy, facts.alone ? decisions.map(unspared) : decisions, facts.stableVersion),
  }));
  return {
    ...policyHead(stored),
    judged: callers.reduce((sum, { judged }) => sum + judged, 0),
    effects: merged(callers.flatMap(({ effects }) => effects)),
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
  const effects = decisions
    .filter(({ wouldAct }) => wouldAct > 0)
    .map(({ kind, verdict, wouldAct }) => {
      const effect = effectOfVerdict(kind, verdict, stableVersion);
      return { effect, verdict, ...rangeOfObserved(effect, wouldAct, policy) };
    });
  return merged(effects);
}

function merged(effects: readonly EffectCount[]): EffectCount[] {
  return [...Map.groupBy(effects, ({ effect, verdict }) => `${effect} ${verdict}`).values()]
    .map((own): EffectCount => ({ ...own[0]!, ...sumOfRanges(own) }))
    .sort(byGravity);
}

function unspared(row: ObservedDecisions): ObservedDecisions {
  const verdict = unsparedVerdict(row.verdict);
  return verdict === row.verdict ? row : { ...row, verdict, wouldAct: row.evaluated };
}

export function byGravity(a: Pick<EffectCount, "effect">, b: Pick<EffectCount, "effect">): number {
  return previewEffects.indexOf(a.effect) - previewEffects.indexOf(b.effect);
}

/** As many as may be, to put callers in order. */
function touchedBy(effects: readonly EffectCount[]): number {
  return effects.reduce((sum, { atLeast, atMost = atLeast }) => sum + atMost, 0);
}
