import type { Upstream } from "../balance/upstream.ts";
import type { Exchange } from "../exchange.ts";
import type { ServiceBreaker } from "../mesh/service-breaker.ts";
import { RequestFailure } from "../request-failure.ts";
import type { CallerStream } from "../stream/caller-stream.ts";
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

/**
 * Opens a connection, if the service's breakers allow one more. Where they do not, the request waits until one to its
 * upstream is free, and so it does not wait for ever, every upstream may have one whatever the limit (Envoy does both).
 */
export async function openGuarded(
  exchange: Exchange,
  guard: ServiceBreaker,
  pool: UpstreamStreams<Upstream>,
  upstream: Upstream,
): Promise<UpstreamStream> {
  const { stream } = exchange;
  if (!guard.tryEnter(exchange, "pending")) throw overflow("pending requests");
  try {
    while (!guard.mayConnect(exchange, upstream.places.open === 0)) {
      await freed(upstream, stream);
      if (stream.gone) {
        upstream.places.freed();
        throw new RequestFailure("CLIENT_GONE", "the caller went away");
      }
      const kept = pool.take(upstream);
      if (kept) return kept;
    }
    // The pool gives the connection's place back, when the connection is gone or could not be had.
    return await pool.open(upstream, guard.cells);
  } finally {
    guard.leave("pending");
  }
}

/** Waits until a connection to the upstream may be free, or the request is over. */
function freed({ places }: Upstream, stream: CallerStream): Promise<void> {
  return new Promise((resolve) => {
    const cancel = places.wait(resolve);
    stream.onGone = stream.onBodyFailure = () => {
      cancel();
      resolve();
    };
  });
}

function overflow(what: string): RequestFailure {
  return new RequestFailure("OVERFLOW", `the circuit breaker allows no more ${what}`);
}
