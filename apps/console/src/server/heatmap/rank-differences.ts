import { differenceBounds } from "./difference-bounds.ts";

/** What is known of a request: names with values, each pair once. */
export type Facts = readonly (readonly [name: string, value: string])[];

export interface Difference {
  readonly name: string;
  readonly value: string;
  /** Requests that have it. */
  readonly inside: number;
  readonly outside: number;
  /** Of all requests inside, or outside: 0 to 1. */
  readonly insideShare: number;
  readonly outsideShare: number;
  /** What exactly the same requests have, and so tells nothing more. */
  readonly alike: readonly { readonly name: string; readonly value: string }[];
}

interface Counted {
  readonly name: string;
  readonly value: string;
  /** Places of the requests that have it, inside and then outside. */
  readonly places: number[];
}

/**
 * What sets the requests inside apart: values that a larger share of them has than of those outside, the largest
 * difference first. Differences that may well be chance are left out: those whose 95 % interval reaches zero.
 */
export function rankDifferences(
  inside: readonly Facts[],
  outside: readonly Facts[],
  limit: number,
): Difference[] {
  if (inside.length === 0 || outside.length === 0) return [];
  const differences = [...groupAlike(countValues([...inside, ...outside]))].flatMap(([first, ...others]) => {
    const within = first.places.filter((place) => place < inside.length).length;
    const beyond = first.places.length - within;
    const { low } = differenceBounds(within, inside.length, beyond, outside.length);
    if (low <= 0) return [];
    const difference: Difference = {
      ...{ name: first.name, value: first.value, inside: within, outside: beyond },
      ...{ insideShare: within / inside.length, outsideShare: beyond / outside.length },
      alike: others.map(({ name, value }) => ({ name, value })),
    };
    return [difference];
  });
  const size = (one: Difference) => one.insideShare - one.outsideShare;
  return differences.sort((a, b) => size(b) - size(a) || (a.name < b.name ? -1 : 1)).slice(0, limit);
}

function countValues(requests: readonly Facts[]): Counted[] {
  const counted = new Map<string, Counted>();
  requests.forEach((facts, place) => {
    for (const [name, value] of facts) {
      const key = `${name}\0${value}`;
      const known = counted.get(key);
      if (known) known.places.push(place);
      else counted.set(key, { name, value, places: [place] });
    }
  });
  return [...counted.values()];
}

/** Values that the very same requests have, the shortest name first: it is the plainest. */
function groupAlike(values: readonly Counted[]): [Counted, ...Counted[]][] {
  const groups = new Map<string, [Counted, ...Counted[]]>();
  const plainest = (a: Counted, b: Counted) => a.name.length - b.name.length || (a.name < b.name ? -1 : 1);
  for (const value of [...values].sort(plainest)) {
    const key = value.places.join();
    const known = groups.get(key);
    if (known) known.push(value);
    else groups.set(key, [value]);
  }
  return [...groups.values()];
}
