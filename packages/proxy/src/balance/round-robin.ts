import type { Algorithm } from "./picker.ts";
import type { Target } from "./target.ts";

/**
 * One after the other, beginning anywhere so that the sidecars of many callers do not go around in step. With
 * weights the smooth form (as nginx): everyone's credit grows by its weight, the richest is chosen and pays the sum.
 */
export const roundRobinPicker: Algorithm = (_all, weights) => {
  let turn: number | undefined;
  const credits = new Map<Target, number>();
  return ({ list }, { random, nowMs }) => {
    if (weights.even(nowMs)) {
      turn = ((turn ?? Math.floor(random() * list.length)) + 1) % list.length;
      return list[turn] as Target;
    }
    let chosen = list[0] as Target;
    let most = Number.NEGATIVE_INFINITY;
    let total = 0;
    for (const target of list) {
      const weight = weights.of(target, nowMs);
      const credit = (credits.get(target) ?? random() * weight) + weight;
      credits.set(target, credit);
      total += weight;
      if (credit > most) {
        most = credit;
        chosen = target;
      }
    }
    credits.set(chosen, most - total);
    return chosen;
  };
};
