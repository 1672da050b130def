import type { Algorithm } from "./picker.ts";
import { pickByWeight } from "./weights.ts";

/** Any of them, in proportion to their weights. */
export const randomPicker: Algorithm =
  (_all, weights) =>
  ({ list }, { random, nowMs }) =>
    pickByWeight(list, weights, nowMs, random());
