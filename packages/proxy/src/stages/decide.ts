import type { Decision } from "@weir/domain/request-path";
import type { Stage } from "./stage.ts";

/** Runs the service's policies over the request: all of its decisions are made here, once. */
export const decide =
  (random: () => number): Stage =>
  (next) =>
  (exchange) => {
    const { service } = exchange;
    if (service) {
      const { version, decisions } = service.decider.decide(exchange, random);
      exchange.version = version;
      exchange.decisions = decisions;
      exchange.enforced = decisions.some(choosesVersion);
    }
    return next(exchange);
  };

/** An enforced policy chose the version, be it the one the request would have gone to anyhow. */
function choosesVersion({ mode, verdict }: Decision): boolean {
  return mode === "enforce" && verdict.startsWith("version=");
}
