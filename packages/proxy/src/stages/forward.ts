import type { Exchange } from "../exchange.ts";
import { UpstreamFailure } from "../http1/upstream-failure.ts";
import { RequestFailure } from "../request-failure.ts";
import type { UpstreamStream } from "../stream/upstream-stream.ts";
import { openGuarded } from "./breaker.ts";
import { chooseUpstreams, type Upstreams } from "./choose-upstreams.ts";
import { Forwarding, type ForwardSettings } from "./forwarding.ts";
import type { Handler } from "./stage.ts";

/** Methods that may be sent twice (RFC 9110 9.2.2). */
const idempotent: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"]);

/**
 * Sends the request to its upstream and the response back. A kept connection may die just as it is used: where
 * not a byte of a response came, an idempotent request without a body is sent once more on a new connection
 * (RFC 9112 9.3.1). That is repair of our own reuse, not a retry policy, so it holds in observe too.
 */
export const forward =
  (settings: ForwardSettings & { readonly upstreams: Upstreams }): Handler =>
  async (exchange) => {
    // A retry or a timeout may have put another in its place by the time that a connection is there.
    const { stream, upstream, service } = exchange;
    if (upstream === undefined) throw new RequestFailure("NO_ROUTE", "the request has no destination");
    const pool = chooseUpstreams(exchange, settings.upstreams);
    const kept = pool.take(upstream);
    if (kept) {
      try {
        return await send(exchange, kept, settings);
      } catch (error) {
        if (!maySendAgain(exchange, error)) throw error;
      }
    }
    const guard = service?.breaker;
    const fresh = await (guard ? openGuarded(exchange, guard, pool, upstream) : pool.open(upstream));
    if (stream.gone) {
      fresh.destroy();
      throw new RequestFailure("CLIENT_GONE", "the caller went away");
    }
    return send(exchange, fresh, settings);
  };

function send(exchange: Exchange, connection: UpstreamStream, settings: ForwardSettings): Promise<void> {
  return new Promise((resolve, reject) => {
    new Forwarding(exchange, connection, settings, resolve, reject).start();
  });
}

function maySendAgain({ method, stream }: Exchange, error: unknown): boolean {
  if (!(error instanceof UpstreamFailure) || stream.framing.kind !== "none" || stream.gone) return false;
  // What was refused has not been begun, so any method may be sent again (RFC 9113 8.7).
  if (error.code === "UPSTREAM_REFUSED") return true;
  return error.code === "UPSTREAM_CLOSED" && error.beforeResponse && idempotent.has(method);
}
