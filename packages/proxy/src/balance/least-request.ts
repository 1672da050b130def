import type { Algorithm } from "./picker.ts";
import type { Target } from "./target.ts";
import { pickByWeight } from "./weights.ts";

export type { Target } from "./target.ts";

/**
 * Of two endpoints drawn at random the one with fewer requests under way (power of two choices, as Envoy's
 * LEAST_REQUEST). `except` is left out while there is another.
 */
export function leastRequest(
  targets: readonly Target[],
  random: () => number,
  except?: Target,
): Target | undefined {
  const candidates = except && targets.length > 1 ? targets.filter((target) => target !== except) : targets;
  return candidates.length < 2 ? candidates[0] : fewerActive(candidates, random);
}

/**
 * The same with weights: of two the one with more weight / (active + 1). The first is drawn in proportion to the
 * weights and kept while both are idle: otherwise the lighter of the two would get nothing of a thin traffic.
 */
export const leastRequestPicker: Algorithm =
  (_all, weights) =>
  ({ list }, { random, nowMs }) => {
    if (list.length < 2) return list[0] as Target;
    if (weights.even(nowMs)) return fewerActive(list, random);
    const a = pickByWeight(list, weights, nowMs, random());
    const b = anotherOf(list, a, random());
    if (a.upstream.active === 0 && b.upstream.active === 0) return a;
    const roomOfA = weights.of(a, nowMs) / (a.upstream.active + 1);
    return weights.of(b, nowMs) / (b.upstream.active + 1) > roomOfA ? b : a;
  };

/** Any of at least two targets but `one`, all alike; `point` in [0, 1). */
export function anotherOf(list: readonly Target[], one: Target, point: number): Target {
  const step = 1 + Math.floor(point * (list.length - 1));
  return list[(list.indexOf(one) + step) % list.length] as Target;
}

function fewerActive(list: readonly Target[], random: () => number): Target {
  const count = list.length;
  const first = Math.floor(random() * count);
  const step = 1 + Math.floor(random() * (count - 1));
  const a = list[first] as Target;
  const b = list[(first + step) % count] as Target;
  return b.upstream.active < a.upstream.active ? b : a;
}
