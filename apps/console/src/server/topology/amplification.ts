import type { MapEdge } from "./topology-view.ts";

type Tried = Pick<MapEdge, "requests" | "resends">;

/** From here on more load than was asked for is worth a word: one try in ten is a further one. */
export const notableAmplification = 1.1;

/** Tries at the destination for each request that was asked for; 1: none is known to have been tried again. */
export function amplificationOf({ requests, resends = 0 }: Tried): number {
  return requests > 0 ? (requests + resends) / requests : 1;
}

/**
 * Tries at the end of an edge for each request at the beginning of the chain of calls that amplifies most, by the edge's
 * id: the product along the chain, for each further try of a caller is a request of its own to those behind it. Edges
 * before which nothing is amplified are not there. A call that closes a circle adds nothing.
 */
export function chainAmplifications(edges: readonly MapEdge[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  if (!edges.some(({ resends }) => resends)) return found;
  const arriving = Map.groupBy(edges, ({ target }) => target);
  const worst = new Map<string, number>();
  const worstAt = (node: string): number => {
    const known = worst.get(node);
    if (known !== undefined) return known;
    worst.set(node, 1); // as long as it is under way: it is met again only in a circle
    let most = 1;
    for (const edge of arriving.get(node) ?? [])
      most = Math.max(most, amplificationOf(edge) * worstAt(edge.source));
    worst.set(node, most);
    return most;
  };
  for (const edge of edges) {
    const before = worstAt(edge.source);
    if (before > 1) found.set(edge.id, amplificationOf(edge) * before);
  }
  return found;
}
