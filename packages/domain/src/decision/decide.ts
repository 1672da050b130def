import type { Cells } from "../cells.ts";
import { compileMatches, type Matcher } from "../match/compile-match.ts";
import type { RequestFacts } from "../match/request-facts.ts";
import type { Mode } from "../mode/mode.ts";
import { pickBackend } from "../policy/pick-backend.ts";
import type { PolicyKind } from "../policy/policy.ts";
import type { WeightedBackend } from "../policy/weighted-backend.ts";
import type { SnapshotPolicy, SnapshotService } from "../snapshot/snapshot.ts";
import type { Decision, Outcome } from "./decision.ts";
import type { Resilience } from "./resilience.ts";

/** Which part of a service's policies this side of the connection judges. */
export interface Sides {
  /** authorization and rateLimit. */
  readonly admission: boolean;
  /** route and canary. */
  readonly routing: boolean;
}

export interface DeciderSettings {
  readonly sides: Sides;
  /** Where counts are kept that outlive a snapshot and are shared by workers. */
  readonly cells: Cells;
}

/** The policies of one service, ready for the request path: made once a snapshot, run once a request. */
export interface Decider {
  /**
   * Pure but for `random`, which must give a number in [0, 1), and for the cells. In observe the outcome is the
   * stable version whatever the policies say; of the enforced policies, the first that applies decides.
   * `nowMs` is wall time.
   */
  decide(request: RequestFacts, random: () => number, nowMs: number): Outcome;
  readonly resilience: Resilience;
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
export function compileDecider(
  service: Pick<SnapshotService, "stableVersion" | "policies">,
  { sides }: DeciderSettings,
): Decider {
  const policies = sides.routing ? [...service.policies].sort(byPrecedence).map(compilePolicy) : [];
  const { stableVersion } = service;
  const resilience = compileResilience();
  if (policies.length === 0) {
    const outcome: Outcome = {
      version: stableVersion,
      pinned: false,
      decisions: [],
      action: undefined,
      watch: [],
      route: "",
    };
    return { decide: () => outcome, resilience };
  }
  return { decide: (request, random) => evaluate(policies, stableVersion, request, random), resilience };
}

function compileResilience(): Resilience {
  const none = (): Decision => {
    throw new Error("there is no such policy");
  };
  return {
    breakers: [],
    outlier: undefined,
    loadBalancer: undefined,
    breakerDecision: none,
    ejectionDecision: none,
    balanceDecision: none,
  };
}

function evaluate(
  policies: readonly CompiledPolicy[],
  stableVersion: string | undefined,
  request: RequestFacts,
  random: () => number,
): Outcome {
  const decisions: Decision[] = [];
  let pinned = false;
  let version = stableVersion;
  let route = "";
  for (const policy of policies) {
    const rule = policy.rules.find((candidate) => candidate.matches(request));
    if (rule === undefined) continue;
    const chosen = pickBackend(rule.backends, random() * 100);
    const enforced = policy.mode === "enforce";
    const wouldAct = chosen !== stableVersion;
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
    if (!enforced) continue;
    pinned = true;
    version = chosen;
    if (policy.kind === "route") route = `${policy.name}/${rule.label}`;
    break;
  }
  return { version, pinned, decisions, action: undefined, watch: [], route };
}

const precedence: Record<"route" | "canary", number> = { route: 0, canary: 1 };

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
