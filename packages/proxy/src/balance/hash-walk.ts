import { mixHash, unitOf } from "./hash-text.ts";
import type { PickRequest, Usable } from "./picker.ts";
import type { Target } from "./target.ts";
import type { Weights } from "./weights.ts";

/** The hash a request is placed by; chance where it has none (Envoy does the same). */
export function placeOf({ hash, random }: PickRequest): number {
  return hash === undefined ? Math.floor(random() * 2 ** 32) : hash >>> 0;
}

/**
 * Whether a new endpoint takes a request that falls on it. Of the keys that are its own it takes as many as its age
 * has earned it, always the same ones and more of them with time; the others stay where they would be without it.
 */
export function slowStartAccepts(
  target: Target,
  position: number,
  place: number,
  weights: Weights,
  usable: Usable,
  nowMs: number,
): boolean {
  if (weights.warm(nowMs)) return true;
  let highest = 0;
  for (const other of usable.list) highest = Math.max(highest, weights.factor(other, nowMs));
  return unitOf(mixHash(place ^ mixHash(position + 1))) < weights.factor(target, nowMs) / highest;
}
