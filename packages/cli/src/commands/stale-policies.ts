import { type BasedPolicy, stalePolicy } from "@weir/policy-text";
import type { ConfigStore } from "@weir/store";

const mostLines = 60;

/** Why each policy that was made from another revision than the one in force must not be written, with what differs. */
export async function stalePolicies(store: ConfigStore, written: readonly BasedPolicy[]): Promise<string[]> {
  const live = await store.listPolicies();
  const liveOf = new Map(live.map(({ policy }) => [`${policy.namespace}/${policy.name}`, policy]));
  const told: string[] = [];
  for (const one of written) {
    const { namespace, name } = one.policy;
    const now = liveOf.get(`${namespace}/${name}`);
    const isGone = one.basedOn !== undefined && one.basedOn > 0 && !now;
    const [last] = isGone ? await store.policyRevisions(namespace, name) : [];
    const stale = stalePolicy(one, now, last?.author);
    if (!stale) continue;
    const { message, patch } = stale;
    told.push(patch === "" ? message : `${message}. What writing it would change:\n${bounded(patch)}`);
  }
  return told;
}

function bounded(patch: string): string {
  const lines = patch.trimEnd().replaceAll("\t", "  ").split("\n"); // tabs steer a terminal
  if (lines.length <= mostLines) return lines.join("\n");
  const more = lines.length - mostLines;
  return `${lines.slice(0, mostLines).join("\n")}\n… and ${more} more ${more === 1 ? "line" : "lines"}; weir policy diff has all`;
}
