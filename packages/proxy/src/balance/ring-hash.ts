import { type HashHost, type HashTables, hashHosts, inTableOrder } from "./hash-tables.ts";
import { hashText, mixHash } from "./hash-text.ts";
import { placeOf, slowStartAccepts } from "./hash-walk.ts";
import type { Algorithm } from "./picker.ts";
import type { Target } from "./target.ts";

/** Points of the heaviest host; the same whatever the number of hosts, so that a change moves its own keys only. */
const pointsPerHost = 160;
/** 32 bits of the point and 21 of the owner are exact in a double. */
const ownersPerPoint = 2 ** 21;

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
  const counts = hosts.map(({ weight }) => Math.max(1, Math.round((pointsPerHost * weight) / heaviest)));
  // A point and its owner as one number, for numbers sort ten times as fast as objects.
  const entries = new Float64Array(counts.reduce((sum, count) => sum + count, 0));
  let filled = 0;
  hosts.forEach(({ address }, owner) => {
    const start = hashText(address, 3);
    const stride = hashText(address, 4) | 1;
    for (let i = 0; i < (counts[owner] ?? 0); i++)
      entries[filled++] = mixHash(start + Math.imul(i, stride)) * ownersPerPoint + owner;
  });
  entries.sort();
  const points = new Uint32Array(filled);
  const owners = new Uint32Array(filled);
  entries.forEach((entry, at) => {
    points[at] = entry / ownersPerPoint;
    owners[at] = entry % ownersPerPoint;
  });
  return { points, owners, bytes: points.byteLength + owners.byteLength };
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
