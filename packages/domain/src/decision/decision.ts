import type { Mode } from "../mode/mode.ts";
import type { PolicyKind } from "../policy/policy.ts";

/** What one policy said about one request. */
export interface Decision {
  readonly policy: string;
  readonly kind: PolicyKind;
  readonly revision: number;
  readonly mode: Mode;
  /** What the policy asks for, such as `version=v2`; `no-match` and `shadowed` ask for nothing. */
  readonly verdict: string;
  /** Enforced, the request would have gone differently than it goes in observe. */
  readonly wouldAct: boolean;
  /** It did go differently, because of this policy. */
  readonly acted: boolean;
  readonly reason: string;
}

/** The combined outcome of a request and the decisions that made it. */
export interface Outcome {
  /** The version to send the request to; undefined when the service has no version at all. */
  readonly version: string | undefined;
  readonly decisions: readonly Decision[];
}
