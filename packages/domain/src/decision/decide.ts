import { authorizationStage } from "../authorization/authorization-stage.ts";
import type { Cells } from "../cells.ts";
import type { RequestFacts } from "../match/request-facts.ts";
import { RequestReader } from "../match/request-reader.ts";
import type { PolicyKind } from "../policy/policy.ts";
import type { SnapshotPolicy, SnapshotService } from "../snapshot/snapshot.ts";
import { canaryStage } from "./canary-stage.ts";
import { compileResilience } from "./compile-resilience.ts";
import type { Outcome } from "./decision.ts";
import { type DecisionStage, OutcomeDraft } from "./outcome-draft.ts";
import { rateLimitStage } from "./rate-limit-stage.ts";
import type { Resilience } from "./resilience.ts";
import { routeStage } from "./route-stage.ts";

/** Which part of a service's policies this side of the connection judges. */
export interface Sides {
  /** authorization and rateLimit. */
  readonly admission: boolean;
  /** route and canary, and how upstreams are used: circuitBreaker, outlierDetection, loadBalancer. */
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
   * stable version whatever the policies say; of the enforced policies of a kind, the first that applies decides.
   * `nowMs` is wall time.
   */
  decide(request: RequestFacts, random: () => number, nowMs: number): Outcome;
  readonly resilience: Resilience;
}

/**
 * Compiles a service's policies. Who may come in is asked first, then how often, then where to: an enforced refusal
 * ends the asking, an observed one does not. Throws RegexRefused for a pattern that validation would have refused.
 */
export function compileDecider(
  service: Pick<SnapshotService, "name" | "stableVersion" | "policies">,
  { sides, cells }: DeciderSettings,
): Decider {
  const { stableVersion, policies } = service;
  const reader = new RequestReader();
  const stages: DecisionStage[] = [];
  if (sides.admission) {
    const authorizations = ofKind(policies, "authorization");
    if (authorizations.length > 0) stages.push(authorizationStage(authorizations, reader));
    const limits = ofKind(policies, "rateLimit");
    if (limits.length > 0) stages.push(rateLimitStage(limits, cells));
  }
  if (sides.routing) {
    const routes = ofKind(policies, "route");
    if (routes.length > 0) stages.push(routeStage(routes, stableVersion, reader));
    const canaries = ofKind(policies, "canary");
    if (canaries.length > 0) stages.push(canaryStage(canaries, service, reader));
  }
  const resilience = compileResilience(sides.routing ? policies : []);
  const draft = new OutcomeDraft(stableVersion);
  const plain = draft.finish();
  if (stages.length === 0) return { decide: () => plain, resilience };
  return {
    resilience,
    decide(request, random, nowMs) {
      for (const stage of stages) if (stage(request, draft, random, nowMs)) break;
      return draft.finish();
    },
  };
}

function ofKind<Kind extends PolicyKind>(
  policies: readonly SnapshotPolicy[],
  kind: Kind,
): Extract<SnapshotPolicy, { kind: Kind }>[] {
  return policies.filter((policy): policy is Extract<SnapshotPolicy, { kind: Kind }> => policy.kind === kind);
}
