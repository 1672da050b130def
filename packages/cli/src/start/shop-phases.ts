import type { ShopWorkload } from "./shop-file.ts";

/** A workload with whatever its processes are started with. */
interface Planned {
  readonly workload: ShopWorkload;
}

export type ShopStart<Plan extends Planned> = Plan & { readonly stage: "sidecars" | "apps" };

/**
 * In what order the shop's processes start: each phase only when all of the one before serve. The first version of
 * a service that registers becomes its stable one, so the sidecars of stable versions come before all others.
 */
export function shopPhases<Plan extends Planned>(plans: readonly Plan[]): ShopStart<Plan>[][] {
  const sidecars = (stable: boolean) =>
    plans
      .filter(({ workload }) => workload.stable === stable)
      .map((plan) => ({ ...plan, stage: "sidecars" as const }));
  const apps = plans.map((plan) => ({ ...plan, stage: "apps" as const }));
  return [sidecars(true), [...sidecars(false), ...apps]];
}
