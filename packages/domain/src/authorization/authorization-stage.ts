import type { Decision } from "../decision/decision.ts";
import type { DecisionStage } from "../decision/outcome-draft.ts";
import { byName, decisionOf, type PolicyFacts } from "../decision/policy-voice.ts";
import { type RequestAction, refusalBy } from "../decision/request-action.ts";
import type { Matcher } from "../match/compile-match.ts";
import type { RequestFacts } from "../match/request-facts.ts";
import type { RequestReader } from "../match/request-reader.ts";
import { RuleIndex, type RuleKeys } from "../match/rule-index.ts";
import type { AuthorizationAction, AuthorizationSpec } from "./authorization-spec.ts";
import { compileAuthorizationRule, keysOfRule } from "./compile-rule.ts";
import { sparedVerdict } from "./spared-verdict.ts";

type Authorization = PolicyFacts & AuthorizationSpec & { readonly namespace: string };

interface CompiledRule {
  readonly keys: RuleKeys;
  readonly matches: Matcher;
  readonly policy: CompiledPolicy;
  /** What the policy says where this rule matches: once as it is, once where it lets in whom others refuse. */
  readonly decision: Decision;
  readonly opening: Decision;
}

interface CompiledPolicy {
  readonly name: string;
  readonly enforced: boolean;
  readonly refusal: RequestAction;
  /** Of an `allow` policy: no rule of any of them matches. */
  readonly noRule: Decision;
  /** Of an observed `allow` policy: no rule of its own matches, and nothing but another observed one lets the request in. */
  readonly spared: Decision;
}

/**
 * Istio's AuthorizationPolicy. A matching `deny` refuses; else, where there are `allow` policies, one of them must
 * match; `audit` only says that it matched. The caller's identity is `RequestFacts.source`: until sidecars hold
 * certificates that is what they tell each other, so this keeps friends in order and does not stop a liar.
 *
 * Observed policies are judged beside the enforced ones, by what enforcing them as well would change: an observed
 * `deny` that matches would refuse; of observed `allow` policies none refuses what another one allows, but says that it
 * would if it acted alone (`sparedVerdict`).
 */
export function authorizationStage(policies: readonly Authorization[], reader: RequestReader): DecisionStage {
  const sorted = [...policies].sort(byName);
  const compile = (action: AuthorizationAction) => compileAction(sorted, action, reader);
  const audits = compile("audit");
  const denies = compile("deny");
  const allows = compile("allow");
  const firstEnforced = allows.policies.find(({ enforced }) => enforced);
  const observed = allows.policies.filter(({ enforced }) => !enforced);
  return (request, draft) => {
    const path = reader.normalPath(request);
    if (audits.rules.size > 0)
      for (const rule of matching(audits, request, path)) draft.decided(rule.decision);
    if (denies.rules.size > 0)
      for (const { policy, decision } of matching(denies, request, path)) {
        draft.decided(decision);
        if (!policy.enforced) continue;
        draft.action = policy.refusal;
        return true;
      }
    if (allows.policies.length === 0) return false;
    const matched = matching(allows, request, path);
    const allowed = matched.find(({ policy }) => policy.enforced);
    const refusing = allowed ? undefined : firstEnforced;
    for (const rule of matched)
      if (!rule.policy.enforced) draft.decided(refusing ? rule.opening : rule.decision);
    if (allowed) draft.decided(allowed.decision);
    if (refusing) {
      draft.decided(refusing.noRule);
      draft.action = refusing.refusal;
      return true;
    }
    if (!allowed)
      for (const policy of observed)
        if (matched.length === 0) draft.decided(policy.noRule);
        else if (!matched.some((rule) => rule.policy === policy)) draft.decided(policy.spared);
    return false;
  };
}

interface CompiledAction {
  readonly policies: readonly CompiledPolicy[];
  readonly rules: RuleIndex<CompiledRule>;
  /** The same for connections without HTTP, where a `deny` matches whatever path or method it asks for. */
  readonly connectionRules: RuleIndex<CompiledRule>;
}

/** Of each policy the first rule that matches, in the order of names. */
function matching(
  { rules: httpRules, connectionRules }: CompiledAction,
  request: RequestFacts,
  path: string,
): readonly CompiledRule[] {
  const rules = request.method === "" ? connectionRules : httpRules;
  const orders = rules.all(request, path);
  if (orders.length === 0) return none;
  const found: CompiledRule[] = [];
  for (const order of orders) {
    const rule = rules.at(order)!;
    if (found.at(-1)?.policy !== rule.policy) found.push(rule);
  }
  return found;
}

const none: readonly CompiledRule[] = Object.freeze([]);

function compileAction(
  all: readonly Authorization[],
  action: AuthorizationAction,
  reader: RequestReader,
): CompiledAction {
  const policies: CompiledPolicy[] = [];
  const rules: CompiledRule[] = [];
  for (const policy of all) {
    if ((policy.action ?? "allow") !== action) continue;
    const { name, namespace } = policy;
    const compiled: CompiledPolicy = {
      name,
      enforced: policy.mode === "enforce",
      refusal: refusalBy("authorization", name),
      noRule: decisionOf(policy, "deny", "no rule allows it", true),
      spared: decisionOf(policy, sparedVerdict, "only another observed policy allows it", false),
    };
    policies.push(compiled);
    policy.rules.forEach((rule, index) => {
      const label = `rules[${index}]`;
      rules.push({
        keys: keysOfRule(rule, namespace),
        matches: compileAuthorizationRule(rule, { namespace, action, reader }),
        policy: compiled,
        decision: decisionOf(policy, action, label, action === "deny"),
        opening: decisionOf(policy, action, label, true),
      });
    });
  }
  const bySource = rules.map((rule) => ({ ...rule, keys: { sources: rule.keys.sources } }));
  return { policies, rules: new RuleIndex(rules), connectionRules: new RuleIndex(bySource) };
}
