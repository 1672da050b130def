import type { Policy } from "@weir/domain";
import type { CheckedPolicy, PlacedFinding } from "@weir/policy-text";
import type { Context } from "../trpc.ts";
import { judgeByTraffic } from "./judge-by-traffic.ts";

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
  const judge = judgeByTraffic(ctx, withDrafts(inForce, drafts));
  for (const draft of drafts) {
    if (draft.policy === undefined) continue;
    found.set(draft, (await judge(draft.policy)).map(draft.place));
  }
  return found;
}

/** A draft stands in for the policy of its name. */
function withDrafts(inForce: readonly Policy[], drafts: readonly CheckedPolicy[]): Policy[] {
  const all = [...inForce, ...drafts.flatMap(({ policy }) => policy ?? [])];
  return [...new Map(all.map((policy) => [`${policy.namespace}/${policy.name}`, policy])).values()];
}
