import type { Mode } from "../mode/mode.ts";
import type { PolicyKind } from "../policy/policy.ts";
import type { RequestAction } from "./request-action.ts";
import type { WatchedRule } from "./watched-rule.ts";

/**
 * What one policy said about one request. Interned: while a snapshot is in force, the same policy saying the
 * same thing is the same frozen object, so that it can be counted by identity.
 */
export interface Decision {
  readonly policy: string;
  readonly kind: PolicyKind;
  readonly revision: number;
  readonly mode: Mode;
  /** What the policy asks for: `version=v2`, `deny`, `limit`, `redirect=302`; several parts joined by a comma. */
  readonly verdict: string;
  /** Enforced, the request would have gone differently than it goes in observe. */
  readonly wouldAct: boolean;
  /** It did go differently, because of this policy. */
  readonly acted: boolean;
  /** The rule that said so, or why. */
  readonly reason: string;
}

/**
 * The combined outcome of a request and the decisions that made it. A policy that does not match, or that is
 * shadowed by an enforced one, says nothing: their number is the requests less the decisions.
 */
export interface Outcome {
  /** The version to send the request to; undefined when the service has no version at all. */
  readonly version: string | undefined;
  /** An enforced policy chose the version, be it the one the request would have gone to anyhow. */
  readonly pinned: boolean;
  readonly decisions: readonly Decision[];
  /** What enforced policies change; undefined: nothing but, perhaps, the version. */
  readonly action: RequestAction | undefined;
  /** Matching rules that can be judged only when the answer is known, observed or enforced; see `judgeAnswer`. */
  readonly watch: readonly WatchedRule[];
  /** `policy/rule` of the enforced route rule that the request followed, for metrics; else empty. */
  readonly route: string;
}
