import { type Call, neighbourhood } from "./neighbourhood.ts";

export interface MeasuredCall extends Call {
  readonly requests: number;
}

export interface Dependent {
  readonly id: string;
  /** Calls between it and the node. */
  readonly distance: number;
  /** 0 to 1: at most this share of what it does comes to the node, directly or through others. */
  readonly share: number;
}

/** Shares that move by less than this stand still; so many rounds at most, for cycles come near them ever slower. */
const still = 1e-6;
const mostRounds = 1_000;

/**
 * Everything that depends on a node, with the share of its work that is lost when the node is: the most affected first.
 *
 * Counts tell how many calls a service makes for each request it takes, and not which requests make them. So each call is
 * taken to belong to another request, and to be needed; a share is an upper bound, exact for a caller that makes at most
 * one call a request. A service that takes no requests (a job, the outside) is measured by the calls it makes.
 */
export function blastRadius(calls: readonly MeasuredCall[], node: string): Dependent[] {
  const distances = neighbourhood(calls, node, "callers", Number.POSITIVE_INFINITY);
  const outgoing = Map.groupBy(
    calls.filter(({ source, target }) => source !== target && distances.has(source) && distances.has(target)),
    ({ source }) => source,
  );
  const work = workOf(calls);
  const shares = new Map<string, number>([[node, 1]]);
  const others = [...distances.keys()].filter((id) => id !== node);
  for (let round = 0, moved = true; moved && round < mostRounds; round++) {
    moved = false;
    for (const id of others) {
      const lost = (outgoing.get(id) ?? []).reduce(
        (sum, { target, requests }) => sum + requests * (shares.get(target) ?? 0),
        0,
      );
      const own = work.get(id) ?? 0;
      const share = own > 0 ? Math.min(1, lost / own) : 0;
      if (share - (shares.get(id) ?? 0) > still) moved = true;
      shares.set(id, share);
    }
  }
  return others
    .map((id) => ({ id, distance: distances.get(id) ?? 0, share: shares.get(id) ?? 0 }))
    .sort((a, b) => b.share - a.share || a.distance - b.distance || (a.id < b.id ? -1 : 1));
}

/** What each node does: the requests it takes from others, or else the calls it makes. */
function workOf(calls: readonly MeasuredCall[]): ReadonlyMap<string, number> {
  const taken = new Map<string, number>();
  const made = new Map<string, number>();
  for (const { source, target, requests } of calls) {
    if (source === target) continue;
    taken.set(target, (taken.get(target) ?? 0) + requests);
    made.set(source, (made.get(source) ?? 0) + requests);
  }
  return new Map([...made, ...Array.from(taken).filter(([, requests]) => requests > 0)]);
}
