import { hostCell, hostHealthCells, outlierGroupCells } from "@weir/domain/request-path";
import type { Target } from "../balance/target.ts";
import { newUpstream } from "../balance/upstream.ts";

/** Targets at addresses of their own that share one group of outlier detection. */
export function testTargets(
  count: number,
  shape: (index: number) => Pick<Target, "zone" | "weight"> = () => ({}),
): Target[] {
  const group = new Int32Array(outlierGroupCells);
  return Array.from({ length: count }, (_, index) => ({
    upstream: newUpstream(`10.0.0.${index}:80`, `10.0.0.${index}`, 80),
    version: "v1",
    party: { namespace: "shop", service: "web", version: "v1" },
    health: { host: new Int32Array(hostHealthCells), group },
    ...shape(index),
  }));
}

/** Sets which targets are ejected, as outlier detection would. */
export function ejectOnly(targets: readonly Target[], ...out: readonly Target[]): void {
  for (const target of targets) {
    const { health } = target;
    if (health === undefined) continue;
    health.host[hostCell.ejected] = out.includes(target) ? 1 : 0;
    // Any change of the last of the group's cells says that somebody was ejected or returned.
    health.group[outlierGroupCells - 1] = (health.group[outlierGroupCells - 1] ?? 0) + 1;
  }
}
