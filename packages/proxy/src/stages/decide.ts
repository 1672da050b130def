import type { Decider } from "@weir/domain/request-path";
import type { Clock } from "../clock.ts";
import type { Exchange } from "../exchange.ts";
import type { Stage } from "./stage.ts";

export interface DecideSettings {
  readonly clock: Clock;
  /** A number in [0, 1). */
  readonly random: () => number;
  /** The policies that are judged here for a request; undefined: none. */
  readonly deciderOf: (exchange: Exchange) => Decider | undefined;
}

/** Runs the policies over the request: all of its decisions are made here, once. */
export const decide =
  ({ clock, random, deciderOf }: DecideSettings): Stage =>
  (next) =>
  (exchange) => {
    const decider = deciderOf(exchange);
    if (decider) {
      const outcome = decider.decide(exchange, random, clock.wallMs());
      exchange.version = outcome.version;
      exchange.enforced = outcome.pinned;
      exchange.decisions = outcome.decisions;
      exchange.action = outcome.action;
      exchange.watch = outcome.watch;
      exchange.route = outcome.route;
    }
    return next(exchange);
  };
