import { neighbours, type Policy, type TrafficEvidence, trafficFindings } from "@weir/domain";
import type { CheckedPolicy, PlacedFinding } from "@weir/policy-text";
import { openRequestShapes } from "../store.ts";
import type { Context } from "../trpc.ts";

/** Long enough for what comes now and then, short enough to be read while somebody types. */
const windowMs = 10 * 60_000;
/** A file of more policies than this is judged without the traffic: each takes a reading of the access log. */
const mostPolicies = 5;

/** What drafts say of the requests that their services got of late. A draft that cannot be read has none. */
export async function trafficFindingsOf(
  ctx: Context,
  drafts: readonly CheckedPolicy[],
  inForce: readonly Policy[],
): Promise<ReadonlyMap<CheckedPolicy, readonly PlacedFinding[]>> {
  const found = new Map<CheckedPolicy, readonly PlacedFinding[]>();
  if (drafts.length > mostPolicies) return found;
  const neighboursOf = neighbours([...inForce, ...drafts.flatMap(({ policy }) => policy ?? [])]);
  for (const draft of drafts) {
    const { policy } = draft;
    if (policy === undefined || !asksOfTraffic.has(policy.kind)) continue;
    const findings = trafficFindings(policy, await readEvidence(ctx, policy), neighboursOf(policy));
    found.set(draft, findings.map(draft.place));
  }
  return found;
}

/** Kinds about which requests say something; no log is read for the others. */
const asksOfTraffic: ReadonlySet<Policy["kind"]> = new Set([
  "route",
  "authorization",
  "rateLimit",
  "circuitBreaker",
]);

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
