import { type HashHost, type HashTables, hashHosts, inTableOrder } from "./hash-tables.ts";
import { hashText, mixHash } from "./hash-text.ts";
import { placeOf, slowStartAccepts } from "./hash-walk.ts";
import type { Algorithm } from "./picker.ts";
import type { Target } from "./target.ts";

/** A prime, as in Envoy; large against the number of hosts, so that their shares are even to about a per cent. */
export const maglevSize = 65_537;

/** Places looked at before the rest is asked for in order, when hosts may not be used. */
const leaps = 16;

export interface MaglevTable {
  /** By place: position of the host it belongs to. */
  readonly owners: Uint32Array | Uint16Array;
  readonly bytes: number;
}

/**
 * Consistent hashing by a table (Eisenbud et al., "Maglev", NSDI 2016, 3.4): one look-up a request, and a change of
 * the hosts moves few keys besides its own. Where the host may not be used, the hash is hashed again, which spreads
 * that host's keys over all others and moves no other key.
 */
export const maglevPicker =
  (tables: HashTables): Algorithm =>
  (all, weights) => {
    const ordered = inTableOrder(all);
    const { owners } = tables.get(maglevKind, hashHosts(ordered));
    return (usable, request) => {
      let place = placeOf(request);
      let fallback: Target | undefined;
      for (let leap = 0; leap < leaps; leap++, place = mixHash(place + 0x9e3779b9)) {
        const position = owners[place % maglevSize] as number;
        const target = ordered[position] as Target;
        if (!usable.has(target)) continue;
        if (slowStartAccepts(target, position, place, weights, usable, request.nowMs)) return target;
        fallback ??= target;
      }
      return fallback ?? (usable.list[place % usable.list.length] as Target);
    };
  };

const maglevKind = { name: "maglev", make: buildMaglev };

/**
 * At least one host, in the order of their addresses. Each has its own permutation of all places and in turn takes the next one
 * that is free; a host of half the weight takes a turn in every other round.
 */
export function buildMaglev(hosts: readonly HashHost[]): MaglevTable {
  const count = hosts.length;
  const owners = count <= 0xffff ? new Uint16Array(maglevSize) : new Uint32Array(maglevSize);
  const taken = new Uint8Array(maglevSize);
  const heaviest = Math.max(...hosts.map(({ weight }) => weight));
  const next = Uint32Array.from(hosts, ({ address }) => hashText(address, 1) % maglevSize);
  const skip = Uint32Array.from(hosts, ({ address }) => (hashText(address, 2) % (maglevSize - 1)) + 1);
  const turns = Float64Array.from(hosts, () => 0);
  const shares = Float64Array.from(hosts, ({ weight }) => weight / heaviest);
  for (let filled = 0; filled < maglevSize; ) {
    for (let host = 0; host < count && filled < maglevSize; host++) {
      const turn = (turns[host] as number) + (shares[host] as number);
      turns[host] = turn >= 1 ? turn - 1 : turn;
      if (turn < 1) continue;
      let place = next[host] as number;
      while (taken[place] === 1) place = (place + (skip[host] as number)) % maglevSize;
      taken[place] = 1;
      owners[place] = host;
      next[host] = (place + (skip[host] as number)) % maglevSize;
      filled++;
    }
  }
  return { owners, bytes: owners.byteLength };
}
