import type { Stage } from "./stage.ts";

/** Runs the service's policies over the request: all of its decisions are made here, once. */
export const decide =
  (random: () => number): Stage =>
  (next) =>
  (exchange) => {
    const { service } = exchange;
    if (service) {
      const { version, pinned, decisions } = service.decider.decide(exchange, random, Date.now());
      exchange.version = version;
      exchange.decisions = decisions;
      exchange.enforced = pinned;
    }
    return next(exchange);
  };
