import type { Decision } from "@weir/domain/request-path";

/**
 * Decisions that are known only when a request is over, as lists that all requests which fared alike share. Starts
 * empty, and grows by as many lists as policies and verdicts can make.
 */
export class DecisionTail {
  readonly decisions: readonly Decision[];
  readonly #longer = new Map<Decision, DecisionTail>();

  constructor(decisions: readonly Decision[] = []) {
    this.decisions = Object.freeze(decisions);
  }

  with(decision: Decision): DecisionTail {
    let longer = this.#longer.get(decision);
    if (longer === undefined) {
      longer = new DecisionTail([...this.decisions, decision]);
      this.#longer.set(decision, longer);
    }
    return longer;
  }

  /** The list behind those of `first`. */
  after(first: readonly Decision[]): readonly Decision[] {
    if (this.decisions.length === 0) return first;
    return first.length === 0 ? this.decisions : first.concat(this.decisions);
  }
}
