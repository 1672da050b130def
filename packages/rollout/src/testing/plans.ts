import type { z } from "zod";
import { RolloutPlan } from "../plan/plan.ts";

const names = { name: "payments-v2", namespace: "shop", targetRef: "payments", baseline: "v1", canary: "v2" };

export const minuteMs = 60_000;

/** A plan that is valid but for what is given. */
export function planInput(given: Partial<z.input<typeof RolloutPlan>> = {}): z.input<typeof RolloutPlan> {
  return { ...names, steps: [10, 50, 100].map((weight) => ({ weight, forMs: minuteMs })), ...given };
}

export function planOf(given: Partial<z.input<typeof RolloutPlan>> = {}): RolloutPlan {
  return RolloutPlan.parse(planInput(given));
}
