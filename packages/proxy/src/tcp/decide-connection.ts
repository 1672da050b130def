import type { RequestFacts } from "@weir/domain/request-path";
import type { Clock } from "../clock.ts";
import type { Exchange } from "../exchange.ts";
import type { ServiceView } from "../mesh/service-view.ts";
import { RequestFailure } from "../request-failure.ts";

export interface DecideConnectionSettings {
  readonly clock: Clock;
  /** A number in [0, 1). */
  readonly random: () => number;
}

/**
 * Runs a service's policies over a connection that carries no HTTP: rules about HTTP see none of it (Istio does the
 * same), those about who calls, how often and which version do. Rejects what enforced ones refuse with RequestFailure.
 */
export function decideConnection(
  exchange: Exchange,
  service: ServiceView,
  { clock, random }: DecideConnectionSettings,
): void {
  const outcome = service.decider.decide(factsOf(exchange), random, clock.wallMs());
  exchange.service = service;
  exchange.version = outcome.version;
  exchange.enforced = outcome.pinned;
  exchange.decisions = outcome.decisions;
  const refuse = outcome.action?.refuse;
  if (refuse?.by === "authorization") throw new RequestFailure("DENIED", "not allowed by policy");
  if (refuse) throw new RequestFailure("LIMITED", "too many connections");
}

function factsOf({ host, port, source, sourceAddress }: Exchange): RequestFacts {
  return { method: "", path: "", query: "", host, port, source, sourceAddress, header: () => undefined };
}
