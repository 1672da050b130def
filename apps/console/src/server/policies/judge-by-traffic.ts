import {
  type Finding,
  neighbours,
  type ObservedCall,
  type Policy,
  retryChainFindings,
  type TrafficEvidence,
  trafficFindings,
} from "@weir/domain";
import { openRequestShapes, topology } from "../store.ts";
import type { Context } from "../trpc.ts";

/** Long enough for what comes now and then, short enough to be read while somebody types. */
const windowMs = 10 * 60_000;

/** Kinds about which requests say something; no log is read for the others. */
const asksOfTraffic: ReadonlySet<Policy["kind"]> = new Set([
  "route",
  "authorization",
  "rateLimit",
  "circuitBreaker",
]);

/** Whether the requests of late are read to judge it. */
export function asksTraffic(policy: Policy): boolean {
  return asksOfTraffic.has(policy.kind) || (policy.kind === "canary" && policy.pins !== undefined);
}

/**
 * Judges policies by the requests that their services got of late, and by who calls whom. @param policies all of the mesh, with
 * those that are judged. What was read of a service is good for some seconds: see `Resources.traffic`.
 */
export function judgeByTraffic(
  ctx: Context,
  policies: readonly Policy[],
): (policy: Policy) => Promise<Finding[]> {
  const neighboursOf = neighbours(policies);
  const isRetried = policies.filter(retries).length > 1;
  return async (policy) => {
    if (!asksTraffic(policy)) return [];
    const name = `${policy.namespace}/${policy.targetRef}`;
    const evidence = await ctx.traffic.evidence.get(name, () => readEvidence(ctx, policy));
    const found = trafficFindings(policy, evidence, neighboursOf(policy));
    if (!isRetried || !retries(policy)) return found;
    const calls = await ctx.traffic.calls.get("all", () => readCalls(ctx));
    return [...found, ...retryChainFindings(policy, policies, calls)];
  };
}

function retries(policy: Policy): boolean {
  return policy.kind === "route" && policy.rules.some(({ retry }) => retry !== undefined);
}

async function readEvidence(ctx: Context, { namespace, targetRef }: Policy): Promise<TrafficEvidence> {
  const toMs = ctx.now();
  const [read, sidecars] = await Promise.all([
    openRequestShapes(ctx.sql, { namespace, service: targetRef }),
    ctx.config.listSidecars(),
  ]);
  const own = sidecars.filter(
    ({ connected, workload }) =>
      connected && workload.namespace === namespace && workload.service === targetRef,
  );
  return {
    windowMs,
    requests: await read({ fromMs: toMs - windowMs, toMs }),
    sidecars: Math.max(1, own.length),
  };
}

async function readCalls(ctx: Context): Promise<ObservedCall[]> {
  const { edges } = await topology(ctx.sql, { fromMs: ctx.now() - windowMs, toMs: ctx.now() });
  return edges.map(({ source, destination }) => ({
    source: `${source.namespace}/${source.service}`,
    target: `${destination.namespace}/${destination.service}`,
  }));
}
