import {
  type BreakerResource,
  type BreakerRule,
  enterBreaker,
  leaveBreaker,
  type Resilience,
  tryEnterBreaker,
  wouldOverflow,
} from "@weir/domain/request-path";
import type { Exchange } from "../exchange.ts";
import type { DecisionTail } from "./decision-tail.ts";

/**
 * The circuit breakers of one service over its one set of counts. Observed ones are asked before a place is taken,
 * and what they would have refused is noted on the exchange.
 */
export class ServiceBreaker {
  /** Where it counts (domain: `circuit-breaker/`). */
  readonly cells: Int32Array;
  readonly #resilience: Resilience;
  readonly #enforced: BreakerRule | undefined;
  readonly #observed: readonly BreakerRule[];

  constructor(resilience: Resilience, cells: Int32Array) {
    this.#resilience = resilience;
    this.cells = cells;
    this.#enforced = resilience.breakers.find(({ mode }) => mode === "enforce");
    this.#observed = resilience.breakers.filter(({ mode }) => mode === "observe");
  }

  /** Takes a place, to be given back with `leave`; false when there is none, and then none was taken. */
  tryEnter(exchange: Exchange, resource: BreakerResource): boolean {
    this.#observe(exchange, resource);
    const enforced = this.#enforced;
    if (enforced === undefined) {
      enterBreaker(this.cells, resource);
      return true;
    }
    if (tryEnterBreaker(this.cells, resource, enforced.settings)) return true;
    note(exchange, enforced, resource);
    return false;
  }

  /** Takes a place for one more connection; for one that nobody may be refused, whatever the limits. */
  mayConnect(exchange: Exchange, evenBeyond: boolean): boolean {
    if (this.tryEnter(exchange, "connections")) return true;
    if (evenBeyond) enterBreaker(this.cells, "connections");
    return evenBeyond;
  }

  leave(resource: BreakerResource): void {
    leaveBreaker(this.cells, resource);
  }

  /** What each breaker said of a request that is over. */
  decisions(exchange: Exchange, tail: DecisionTail): DecisionTail {
    let said = tail;
    for (const rule of this.#resilience.breakers)
      said = said.with(this.#resilience.breakerDecision(rule, exchange.overflows?.get(rule)));
    return said;
  }

  #observe(exchange: Exchange, resource: BreakerResource): void {
    for (const rule of this.#observed)
      if (wouldOverflow(this.cells, resource, rule.settings)) note(exchange, rule, resource);
  }
}

function note(exchange: Exchange, rule: BreakerRule, resource: BreakerResource): void {
  exchange.overflows ??= new Map();
  if (!exchange.overflows.has(rule)) exchange.overflows.set(rule, resource);
}
