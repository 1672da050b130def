import { compileMatches, type Matcher } from "../match/compile-match.ts";
import type { RequestFacts } from "../match/request-facts.ts";
import type { Mode } from "../mode/mode.ts";
import { pickBackend } from "../policy/pick-backend.ts";
import type { PolicyKind } from "../policy/policy.ts";
import type { WeightedBackend } from "../policy/weighted-backend.ts";
import type { SnapshotPolicy, SnapshotService } from "../snapshot/snapshot.ts";
import type { Decision, Outcome } from "./decision.ts";

/** The policies of one service, ready for the request path: made once a snapshot, run once a request. */
export interface Decider {
  /**
   * Pure but for `random`, which must give a number in [0, 1). In observe the outcome is the stable version
   * whatever the policies say; of the enforced policies, the first that applies decides.
   */
  decide(request: RequestFacts, random: () => number): Outcome;
}

interface CompiledRule {
  readonly label: string;
  readonly matches: Matcher;
  readonly backends: readonly WeightedBackend[];
}

interface CompiledPolicy {
  readonly name: string;
  readonly kind: PolicyKind;
  readonly revision: number;
  readonly mode: Mode;
  readonly rules: readonly CompiledRule[];
}

/** Compiles a service's policies in the order they apply: routes, which look at the request, before canaries. */
export function compileDecider(service: Pick<SnapshotService, "stableVersion" | "policies">): Decider {
  const policies = [...service.policies].sort(byPrecedence).map(compilePolicy);
  const { stableVersion } = service;
  if (policies.length === 0) {
    const outcome: Outcome = { version: stableVersion, decisions: [] };
    return { decide: () => outcome };
  }
  return { decide: (request, random) => evaluate(policies, stableVersion, request, random) };
}

function evaluate(
  policies: readonly CompiledPolicy[],
  stableVersion: string | undefined,
  request: RequestFacts,
  random: () => number,
): Outcome {
  const decisions: Decision[] = [];
  let decidedBy: string | undefined;
  let version = stableVersion;
  for (const policy of policies) {
    const rule = policy.rules.find((candidate) => candidate.matches(request));
    if (rule === undefined) {
      decisions.push(withoutEffect(policy, "no-match", "no rule matches"));
      continue;
    }
    if (decidedBy !== undefined) {
      decisions.push(withoutEffect(policy, "shadowed", `${decidedBy} decided already`));
      continue;
    }
    const chosen = pickBackend(rule.backends, random() * 100);
    const enforced = policy.mode === "enforce";
    const wouldAct = chosen !== stableVersion;
    if (enforced) {
      decidedBy = policy.name;
      version = chosen;
    }
    decisions.push({
      policy: policy.name,
      kind: policy.kind,
      revision: policy.revision,
      mode: policy.mode,
      verdict: `version=${chosen}`,
      wouldAct,
      acted: enforced && wouldAct,
      reason: rule.label,
    });
  }
  return { version, decisions };
}

function withoutEffect(policy: CompiledPolicy, verdict: string, reason: string): Decision {
  const { name, kind, revision, mode } = policy;
  return { policy: name, kind, revision, mode, verdict, wouldAct: false, acted: false, reason };
}

const precedence: Record<PolicyKind, number> = { route: 0, canary: 1 };

function byPrecedence(a: SnapshotPolicy, b: SnapshotPolicy): number {
  return precedence[a.kind] - precedence[b.kind] || (a.name < b.name ? -1 : 1);
}

function compilePolicy(policy: SnapshotPolicy): CompiledPolicy {
  const { name, kind, revision, mode } = policy;
  return { name, kind, revision, mode, rules: compileRules(policy) };
}

function compileRules(policy: SnapshotPolicy): CompiledRule[] {
  switch (policy.kind) {
    case "canary":
      return [{ label: "weights", matches: () => true, backends: policy.backends }];
    case "route":
      return policy.rules.map((rule, index) => ({
        label: rule.name ?? `rules[${index}]`,
        matches: compileMatches(rule.match),
        backends: rule.backends,
      }));
  }
}
