import type { Target } from "./target.ts";

/** A new endpoint begins with this share of its weight (Envoy: slow_start_config, min_weight_percent). */
const leastFactor = 0.1;

/**
 * Weights of a set of targets, those of new endpoints growing over the slow start window (Envoy, aggression 1):
 * weight * max(10 %, age / window). Endpoints that all appeared together are all alike and have no slow start.
 */
export class Weights {
  readonly #slowStartMs: number;
  /** All weights are equal. */
  readonly #equal: boolean;
  /** When the last of the targets has its full weight. */
  readonly #warmAtMs: number;

  constructor(all: readonly Target[], slowStartMs: number, nowMs: number) {
    let oldestMs = Number.POSITIVE_INFINITY;
    let newestMs = Number.NEGATIVE_INFINITY;
    for (const { upstream } of all) {
      upstream.firstSeenMs ??= nowMs;
      oldestMs = Math.min(oldestMs, upstream.firstSeenMs);
      newestMs = Math.max(newestMs, upstream.firstSeenMs);
    }
    this.#slowStartMs = slowStartMs;
    this.#equal = all.every((target) => weightOf(target) === weightOf(all[0] as Target));
    this.#warmAtMs =
      slowStartMs === 0 || newestMs === oldestMs ? Number.NEGATIVE_INFINITY : newestMs + slowStartMs;
  }

  /** No endpoint is in slow start. */
  warm(nowMs: number): boolean {
    return nowMs >= this.#warmAtMs;
  }

  /** All targets have the same weight now. */
  even(nowMs: number): boolean {
    return this.#equal && nowMs >= this.#warmAtMs;
  }

  of(target: Target, nowMs: number): number {
    return weightOf(target) * this.factor(target, nowMs);
  }

  /** The part of its weight that an endpoint has by its age, 0.1 to 1. */
  factor({ upstream }: Target, nowMs: number): number {
    if (this.warm(nowMs)) return 1;
    const age = (nowMs - (upstream.firstSeenMs ?? nowMs)) / this.#slowStartMs;
    return Math.min(1, Math.max(leastFactor, age));
  }
}

export function weightOf({ weight }: Target): number {
  return weight === undefined ? 1 : Math.max(weight, 1);
}

/** Chooses in proportion to the weights: `point` in [0, 1) is a place among all of them. */
export function pickByWeight(
  list: readonly Target[],
  weights: Weights,
  nowMs: number,
  point: number,
): Target {
  if (weights.even(nowMs)) return list[Math.floor(point * list.length)] as Target;
  let total = 0;
  for (const target of list) total += weights.of(target, nowMs);
  let left = point * total;
  for (const target of list) {
    left -= weights.of(target, nowMs);
    if (left < 0) return target;
  }
  return list.at(-1) as Target;
}
