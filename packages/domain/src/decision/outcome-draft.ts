import type { RequestFacts } from "../match/request-facts.ts";
import type { Decision, Outcome } from "./decision.ts";
import type { RequestAction } from "./request-action.ts";
import type { WatchedRule } from "./watched-rule.ts";

/** One kind of policy of one service: adds what it says to the draft. True: nothing after it is asked any more. */
export type DecisionStage = (
  request: RequestFacts,
  draft: OutcomeDraft,
  random: () => number,
  nowMs: number,
) => boolean;

export const noDecisions: readonly Decision[] = Object.freeze([]);
export const noWatch: readonly WatchedRule[] = Object.freeze([]);

/** What the stages have found out so far about one request; a decider has one and empties it for the next. */
export class OutcomeDraft {
  version: string | undefined;
  pinned = false;
  action: RequestAction | undefined;
  route = "";
  readonly #plain: Outcome;
  #decisions: Decision[] | undefined;
  #watch: readonly WatchedRule[] = noWatch;

  constructor(stableVersion: string | undefined) {
    this.version = stableVersion;
    this.#plain = Object.freeze({
      version: stableVersion,
      pinned: false,
      decisions: noDecisions,
      action: undefined,
      watch: noWatch,
      route: "",
    });
  }

  decided(decision: Decision): void {
    if (this.#decisions) this.#decisions.push(decision);
    else this.#decisions = [decision];
  }

  /** `rule` is the list of one rule, shared by all requests that follow it. */
  watched(rule: readonly WatchedRule[]): void {
    this.#watch = this.#watch.length === 0 ? rule : [...this.#watch, ...rule];
  }

  /** The outcome; the shared plain one where no policy said anything. Empties the draft. */
  finish(): Outcome {
    const plain = this.#plain;
    if (this.#decisions === undefined) return plain;
    const outcome: Outcome = {
      version: this.version,
      pinned: this.pinned,
      decisions: this.#decisions,
      action: this.action,
      watch: this.#watch,
      route: this.route,
    };
    this.version = plain.version;
    this.pinned = false;
    this.action = undefined;
    this.route = "";
    this.#decisions = undefined;
    this.#watch = noWatch;
    return outcome;
  }
}
