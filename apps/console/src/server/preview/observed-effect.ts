import { isAllow, type Window } from "@weir/domain";
import type { ObservedDecisions } from "@weir/store";
import { observedDecisions, sentAndArrived, topology } from "../store.ts";
import type { Context } from "../trpc.ts";
import { beginsAlone } from "./begins-alone.ts";
import { edgeOutlooks } from "./edge-outlooks.ts";
import {
  type EffectScope,
  isInScope,
  type ObservedEffect,
  type PolicyOutlook,
  placeOf,
} from "./observed-schemas.ts";
import { policyOutlook } from "./policy-outlook.ts";

/**
 * What enforcing the policies of a scope would have done to the requests of a window, by the decisions that sidecars
 * counted while these policies observed, beside those that are enforced already. Of each policy its present revision
 * counts. Bounds are explained at `rangeOfObserved`, and where policies meet, at `edgeOutlooks`.
 */
export async function observedEffect(
  ctx: Pick<Context, "sql" | "config">,
  scope: EffectScope,
  window: Window,
): Promise<ObservedEffect> {
  const [all, services, config] = await Promise.all([
    ctx.config.listPolicies(),
    ctx.config.listServices(),
    ctx.config.readMeshConfig(),
  ]);
  const isAlone = beginsAlone(scope, config);
  const wanted = all.filter(({ policy }) => isInScope(scope, policy));
  const place = placeOf(
    scope,
    wanted.map(({ policy }) => policy),
  );
  const [decisions, requestsOf] = await Promise.all([
    observedDecisions(ctx.sql, place, window),
    readRequests(ctx, place, window),
  ]);
  const decidedBy = Map.groupBy(decisions, revisionOf);
  const stable = new Map(services.map((own) => [`${own.namespace}/${own.name}`, own.stableVersionInForce]));
  const policies = wanted.map((stored): PolicyOutlook => {
    const { namespace, targetRef } = stored.policy;
    return policyOutlook(stored, {
      decisions: decidedBy.get(keyOf(stored.policy)) ?? [],
      stableVersion: stable.get(`${namespace}/${targetRef}`),
      alone: isAlone(stored.policy),
    });
  });
  const allows = new Set(
    wanted
      .map(({ policy }) => policy)
      .filter(isAllow)
      .map(keyOf),
  );
  return {
    window: { fromMs: window.fromMs, toMs: window.toMs },
    policies,
    edges: edgeOutlooks(policies, requestsOf, (policy) => allows.has(keyOf(policy))),
  };
}

async function readRequests(
  { sql }: Pick<Context, "sql">,
  place: ReturnType<typeof placeOf>,
  window: Window,
): Promise<(source: string, destination: string) => number> {
  const counts = new Map<string, number>();
  const { namespace = "", service } = place;
  if (service !== undefined) {
    for (const { source, sent, arrived } of await sentAndArrived(sql, { namespace, service }, window))
      counts.set(
        `${source.namespace}/${source.service}~${namespace}/${service}`,
        (sent ?? arrived)?.requests ?? 0,
      );
  } else {
    for (const { source, destination, requests } of (await topology(sql, window)).edges)
      counts.set(
        `${source.namespace}/${source.service}~${destination.namespace}/${destination.service}`,
        requests,
      );
  }
  return (source, destination) => counts.get(`${source}~${destination}`) ?? 0;
}

function keyOf({
  namespace,
  name,
  revision,
}: Pick<PolicyOutlook, "namespace" | "name" | "revision">): string {
  return `${namespace}/${name} ${revision}`;
}

function revisionOf({ namespace, policy, revision }: ObservedDecisions): string {
  return `${namespace}/${policy} ${revision}`;
}
