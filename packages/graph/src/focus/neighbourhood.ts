/** An edge as far as these questions go: who calls whom. */
export interface Call {
  readonly source: string;
  readonly target: string;
}

/** Whom to follow from a node: those that call it, those it calls, or both. */
export const neighbourWays = ["both", "callers", "callees"] as const;
export type NeighbourWay = (typeof neighbourWays)[number];

/**
 * Nodes within so many calls of one, itself included, with their distance. Both: its callers, their callers and so on,
 * and its callees and theirs; not what else its callers call, which would soon be all there is.
 */
export function neighbourhood(
  calls: readonly Call[],
  start: string,
  way: NeighbourWay,
  depth: number,
): ReadonlyMap<string, number> {
  const distances = new Map([[start, 0]]);
  for (const one of way === "both" ? (["callers", "callees"] as const) : [way])
    for (const [id, distance] of follow(calls, start, one, depth))
      distances.set(id, Math.min(distance, distances.get(id) ?? distance));
  return distances;
}

function follow(
  calls: readonly Call[],
  start: string,
  way: Exclude<NeighbourWay, "both">,
  depth: number,
): ReadonlyMap<string, number> {
  const [from, to] = way === "callees" ? (["source", "target"] as const) : (["target", "source"] as const);
  const byEnd = Map.groupBy(calls, (call) => call[from]);
  const distances = new Map([[start, 0]]);
  let border = [start];
  for (let distance = 1; distance <= depth && border.length > 0; distance++) {
    const next: string[] = [];
    for (const id of border)
      for (const call of byEnd.get(id) ?? [])
        if (!distances.has(call[to])) {
          distances.set(call[to], distance);
          next.push(call[to]);
        }
    border = next;
  }
  return distances;
}
