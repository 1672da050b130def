import { effectOfVerdict, type PolicyKind, rangeOfObserved, WindowText, windowOf } from "@weir/domain";
import type { DecidedRoute, DecidedRoutes } from "@weir/store";
import { z } from "zod";
import { decidedRoutes } from "../store.ts";
import { publicProcedure } from "../trpc.ts";
import { beginsAlone, unsparedVerdict } from "./begins-alone.ts";
import { EffectScope, isInScope, ObservedRoutes, placeOf } from "./observed-schemas.ts";

const mostRoutes = 500;
const tracesEach = 3;
const budgetMs = 400;

/**
 * The same as `preview.observed` by method and path, with traces as examples: as far back in the window as the access
 * log can be read in the time there is. Counts are of logged requests.
 */
export const routes = publicProcedure
  .input(z.object({ scope: EffectScope, window: WindowText }))
  .output(ObservedRoutes)
  .query(async ({ ctx, input: { scope, window: text } }) => {
    const window = windowOf(text, ctx.now());
    const [all, services, config] = await Promise.all([
      ctx.config.listPolicies(),
      ctx.config.listServices(),
      ctx.config.readMeshConfig(),
    ]);
    const policies = all.map(({ policy }) => policy).filter((policy) => isInScope(scope, policy));
    const filter = { ...placeOf(scope, policies), ...(scope.scope === "policy" && { policy: scope.name }) };
    const alone = policies.some(beginsAlone(scope, config));
    const settings = { limit: mostRoutes, tracesEach, budgetMs, clock: ctx.clock, alone };
    const found: DecidedRoutes =
      policies.length === 0
        ? { routes: [], count: 0, fromMs: window.fromMs }
        : await decidedRoutes(ctx.sql, filter, window, settings);
    const stable = new Map(services.map((own) => [`${own.namespace}/${own.name}`, own.stableVersionInForce]));
    return {
      window: { fromMs: window.fromMs, toMs: window.toMs },
      readFromMs: found.fromMs,
      more: Math.max(0, found.count - found.routes.length),
      routes: found.routes.flatMap((route) => {
        const policy = policies.find((own) => isOf(own, route));
        if (policy === undefined) return [];
        const { source, destination, method, path, requests, traceIds } = route;
        const verdict = alone ? unsparedVerdict(route.verdict) : route.verdict;
        const stableVersion = stable.get(`${destination.namespace}/${destination.service}`);
        const effect = effectOfVerdict(policy.kind, verdict, stableVersion);
        return {
          ...{ source, destination, policy: policy.name, kind: policy.kind satisfies PolicyKind },
          ...{ method, path, effect, verdict, requests, traceIds: [...traceIds] },
          ...rangeOfObserved(effect, requests, policy),
        };
      }),
    };
  });

/** Policies have their service's namespace, and logs do not tell it again. */
function isOf(
  policy: { readonly namespace: string; readonly name: string; readonly revision: number },
  route: DecidedRoute,
): boolean {
  return (
    policy.name === route.policy &&
    policy.revision === route.revision &&
    policy.namespace === route.destination.namespace
  );
}
