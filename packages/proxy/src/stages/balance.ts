import { leastRequest, type Target } from "../balance/least-request.ts";
import type { Exchange } from "../exchange.ts";
import { UpstreamFailure } from "../http1/upstream-failure.ts";
import type { ServiceView } from "../mesh/mesh-view.ts";
import { RequestFailure } from "../request-failure.ts";
import type { Handler, Stage } from "./stage.ts";

/**
 * Picks an endpoint of the version decided on. An endpoint that cannot be connected to is passed over once for
 * another of the same choice, in observe too: nothing has been sent then, and any plain proxy does the same.
 */
export const balance =
  (random: () => number): Stage =>
  (next) =>
  async (exchange) => {
    const { service } = exchange;
    if (service === undefined) return attempt(next, exchange);
    const targets = targetsFor(exchange, service);
    const first = leastRequest(targets, random);
    if (first === undefined)
      throw new RequestFailure("NO_HEALTHY_UPSTREAM", `no endpoint of ${described(exchange, service)}`);
    try {
      await attempt(next, aim(exchange, first));
    } catch (error) {
      if (targets.length < 2 || !neverConnected(error)) throw error;
      const second = leastRequest(targets, random, first) ?? first;
      await attempt(next, aim(exchange, second));
    }
  };

/**
 * An enforced choice is kept even where it has no endpoint, which then is 503 UH (Envoy: an empty cluster). In
 * observe nothing may fail for a version's sake: any endpoint serves when the stable version has none.
 */
function targetsFor({ version, enforced }: Exchange, service: ServiceView): readonly Target[] {
  const chosen = version === undefined ? undefined : service.targetsByVersion.get(version);
  return chosen ?? (enforced ? [] : service.targets);
}

function aim(exchange: Exchange, { upstream, party }: Target): Exchange {
  exchange.upstream = upstream;
  exchange.destination = party;
  return exchange;
}

async function attempt(next: Handler, exchange: Exchange): Promise<void> {
  const { upstream } = exchange;
  if (upstream) upstream.active++;
  try {
    await next(exchange);
  } finally {
    if (upstream) upstream.active--;
  }
}

function neverConnected(error: unknown): boolean {
  return (
    error instanceof UpstreamFailure && (error.code === "CONNECT_FAILED" || error.code === "CONNECT_TIMEOUT")
  );
}

function described({ version, enforced }: Exchange, { name, namespace }: ServiceView): string {
  return `${name} in ${namespace}${enforced && version !== undefined ? ` has version ${version}` : ""}`;
}
