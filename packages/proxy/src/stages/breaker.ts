import type { Upstream } from "../balance/upstream.ts";
import type { Exchange } from "../exchange.ts";
import type { ServiceBreaker } from "../mesh/service-breaker.ts";
import { RequestFailure } from "../request-failure.ts";
import type { UpstreamStream, UpstreamStreams } from "../stream/upstream-stream.ts";
import type { Handler, Stage } from "./stage.ts";

/** Holds the requests under way to a service below the limits of its circuit breakers. A try is a request. */
export const breaker: Stage = (next) => (exchange) => {
  const guard = exchange.service?.breaker;
  return guard === undefined ? next(exchange) : guarded(exchange, guard, next);
};

async function guarded(exchange: Exchange, guard: ServiceBreaker, next: Handler): Promise<void> {
  if (!guard.tryEnter(exchange, "requests")) throw overflow("requests");
  try {
    await next(exchange);
  } finally {
    guard.leave("requests");
  }
}

/** Opens a connection, if the service's breakers allow one more, and one more request that waits for one. */
export async function openGuarded(
  exchange: Exchange,
  guard: ServiceBreaker,
  pool: UpstreamStreams<Upstream>,
  upstream: Upstream,
): Promise<UpstreamStream> {
  if (!guard.tryEnter(exchange, "connections")) throw overflow("connections");
  if (!guard.tryEnter(exchange, "pending")) {
    guard.leave("connections");
    throw overflow("pending requests");
  }
  try {
    // The pool gives the connection's place back, when the connection is gone or could not be had.
    return await pool.open(upstream, guard.cells);
  } finally {
    guard.leave("pending");
  }
}

function overflow(what: string): RequestFailure {
  return new RequestFailure("OVERFLOW", `the circuit breaker allows no more ${what}`);
}
