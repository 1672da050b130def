import type { Policy } from "@weir/domain";
import type { ConfigStore } from "@weir/store";
import { policyPatch } from "./policy-patch.ts";

/** A policy of a file, and the revision that it was made from; 0: there was none. */
export interface BasedPolicy {
  readonly policy: Policy;
  readonly basedOn: number | undefined;
}

const mostLines = 60;

/** Why each policy that was made from another revision than the one in force must not be written, with what differs. */
export async function stalePolicies(store: ConfigStore, written: readonly BasedPolicy[]): Promise<string[]> {
  const told = await Promise.all(written.map((one) => staleWords(store, one)));
  return told.filter((words) => words !== undefined);
}

async function staleWords(store: ConfigStore, { policy, basedOn }: BasedPolicy): Promise<string | undefined> {
  if (basedOn === undefined) return undefined;
  const { namespace, name } = policy;
  const live = (await store.getPolicy(namespace, name))?.policy;
  if ((live?.revision ?? 0) === basedOn) return undefined;
  const from = basedOn === 0 ? "is of a new policy" : `was made from revision ${basedOn}`;
  if (live) {
    const patch = policyPatch(live, policy);
    if (patch === "") return undefined; // as it is wanted already
    return `${namespace}/${name} was changed meanwhile: the file ${from}, revision ${live.revision} is in force. What writing it would change:\n${bounded(patch)}`;
  }
  const [last] = await store.policyRevisions(namespace, name);
  return last
    ? `${namespace}/${name} was deleted meanwhile by ${last.author}: the file ${from}`
    : `there never was a policy ${namespace}/${name}: the file ${from}`;
}

function bounded(patch: string): string {
  const lines = patch.trimEnd().replaceAll("\t", "  ").split("\n"); // tabs steer a terminal
  if (lines.length <= mostLines) return lines.join("\n");
  const more = lines.length - mostLines;
  return `${lines.slice(0, mostLines).join("\n")}\n… and ${more} more ${more === 1 ? "line" : "lines"}; weir policy diff has all`;
}
