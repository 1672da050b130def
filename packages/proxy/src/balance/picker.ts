import type { Target } from "./target.ts";
import type { Upstream } from "./upstream.ts";
import type { Weights } from "./weights.ts";

/** What one choice goes by. */
export interface PickRequest {
  /** Gives a number in [0, 1). */
  readonly random: () => number;
  /** On the monotonic clock. */
  readonly nowMs: number;
  /** 32 bits, of what the policy hashes on; absent where the request does not have it, and then chance decides. */
  readonly hash?: number | undefined;
  /** Tried already: another is taken while there is one. */
  readonly except?: readonly Upstream[] | undefined;
}

/** Those of a picker's targets that may be chosen now. */
export interface Usable {
  readonly list: readonly Target[];
  has(target: Target): boolean;
}

/** Chooses one of `usable`, whose list is not empty. */
export type Picker = (usable: Usable, request: PickRequest) => Target;

/** An algorithm, given all targets it may ever choose from; a new set of targets gets a picker of its own. */
export type Algorithm = (all: readonly Target[], weights: Weights) => Picker;
