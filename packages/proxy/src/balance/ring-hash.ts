import { type HashHost, type HashTables, hashHosts, inTableOrder } from "./hash-tables.ts";
import { hashText } from "./hash-text.ts";
import { placeOf, slowStartAccepts } from "./hash-walk.ts";
import type { Algorithm } from "./picker.ts";
import type { Target } from "./target.ts";

/** Points of the heaviest host; the same whatever the number of hosts, so that a change moves its own keys only. */
const pointsPerHost = 160;

export interface Ring {
  /** Ascending. */
  readonly points: Uint32Array;
  /** By point: position of the host it belongs to. */
  readonly owners: Uint32Array;
  readonly bytes: number;
}

/**
 * Consistent hashing on a ring (Karger; Envoy: RING_HASH): a request goes to the host of the first point at or
 * after its hash. Where that host may not be used, to the next one's, so that only its own keys move.
 */
export const ringHashPicker =
  (tables: HashTables): Algorithm =>
  (all, weights) => {
    const ordered = inTableOrder(all);
    const ring = tables.get(ringKind, hashHosts(ordered));
    const count = ring.points.length;
    return (usable, request) => {
      const place = placeOf(request);
      let fallback: Target | undefined;
      for (let step = 0, at = firstAtOrAfter(ring.points, place); step < count; step++, at++) {
        if (at >= count) at = 0;
        const position = ring.owners[at] as number;
        const target = ordered[position] as Target;
        if (!usable.has(target)) continue;
        if (slowStartAccepts(target, position, place, weights, usable, request.nowMs)) return target;
        fallback ??= target;
      }
      return fallback ?? (usable.list[0] as Target);
    };
  };

const ringKind = { name: "ring", make: buildRing };

/** At least one host, in the order of their addresses. */
export function buildRing(hosts: readonly HashHost[]): Ring {
  const heaviest = Math.max(...hosts.map(({ weight }) => weight));
  const entries = hosts.flatMap(({ address, weight }, owner) => {
    const points = Math.max(1, Math.round((pointsPerHost * weight) / heaviest));
    return Array.from({ length: points }, (_, i) => ({ point: hashText(`${address}_${i}`), owner }));
  });
  entries.sort((a, b) => a.point - b.point || a.owner - b.owner);
  return {
    points: Uint32Array.from(entries, ({ point }) => point),
    owners: Uint32Array.from(entries, ({ owner }) => owner),
    bytes: entries.length * 8,
  };
}

function firstAtOrAfter(points: Uint32Array, place: number): number {
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((points[middle] as number) < place) low = middle + 1;
    else high = middle;
  }
  return low;
}
