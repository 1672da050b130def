import type { WeightedBackend } from "@weir/domain";
import { compareVersions } from "@weir/domain/browser";

/** Whole per cents of every version of one service, in natural order; they always sum to 100. */
export type Weights = readonly WeightedBackend[];

/**
 * The weights to start from: the policy's for the versions it names, 0 for the others; without a policy all to
 * the stable version, which is what happens while there is none.
 */
export function weightsOf(
  versions: readonly string[],
  backends: Weights | undefined,
  stableVersion: string | undefined,
): Weights {
  const names = new Set([...versions, ...(backends ?? []).map((backend) => backend.version)]);
  const ordered = [...names].sort(compareVersions);
  const known = new Map(backends?.map(({ version, weight }) => [version, weight]));
  const first = stableVersion ?? ordered[0];
  return ordered.map((version) => ({
    version,
    weight: backends ? (known.get(version) ?? 0) : version === first ? 100 : 0,
  }));
}

/**
 * Gives one version a weight (rounded, held between 0 and 100) and shares the rest among the others as they
 * stood to each other; where they all stood at 0 the stable version, else the first of them, takes it.
 */
export function setWeight(
  weights: Weights,
  version: string,
  weight: number,
  stableVersion: string | undefined,
): Weights {
  const wanted = Math.max(0, Math.min(100, Math.round(weight)));
  const others = weights.filter((backend) => backend.version !== version);
  if (others.length === weights.length || others.length === 0) return weights;
  const shares = shareOut(100 - wanted, others, stableVersion);
  return weights.map((backend) => ({
    version: backend.version,
    weight: backend.version === version ? wanted : (shares.get(backend.version) ?? 0),
  }));
}

/** What to save: versions at 0 that the policy does not name yet stay out of it. */
export function backendsToSave(draft: Weights, live: Weights | undefined): WeightedBackend[] {
  const named = new Set(live?.map((backend) => backend.version));
  return draft
    .filter(({ version, weight }) => weight > 0 || named.has(version))
    .map((backend) => ({ ...backend }));
}

export function sameWeights(a: Weights, b: Weights): boolean {
  const of = new Map(b.map(({ version, weight }) => [version, weight]));
  const names = new Set([...a, ...b].map((backend) => backend.version));
  const mine = new Map(a.map(({ version, weight }) => [version, weight]));
  return [...names].every((version) => (mine.get(version) ?? 0) === (of.get(version) ?? 0));
}

/** `v1 70 / v2 30`. */
export function weightsText(weights: Weights): string {
  return weights.map(({ version, weight }) => `${version} ${weight}`).join(" / ");
}

/** Largest remainder (Hamilton): whole numbers that sum to `total` and are nearest to the exact shares. */
function shareOut(
  total: number,
  others: Weights,
  stableVersion: string | undefined,
): ReadonlyMap<string, number> {
  const sum = others.reduce((all, backend) => all + backend.weight, 0);
  const heir = others.find((backend) => backend.version === stableVersion) ?? others[0];
  if (sum === 0) return new Map(others.map((b) => [b.version, b === heir ? total : 0]));
  const exact = others.map(({ version, weight }) => ({ version, share: (total * weight) / sum }));
  const shares = new Map(exact.map(({ version, share }) => [version, Math.floor(share)]));
  const left = total - [...shares.values()].reduce((all, share) => all + share, 0);
  const byRemainder = exact.toSorted((a, b) => (b.share % 1) - (a.share % 1));
  for (const { version } of byRemainder.slice(0, left)) shares.set(version, (shares.get(version) ?? 0) + 1);
  return shares;
}
