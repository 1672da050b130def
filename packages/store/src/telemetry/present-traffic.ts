import type { PresentTraffic, RolloutPlan } from "@weir/rollout";
import type { Sql } from "../connection/open-sql.ts";
import { versionSlots } from "./version-slots.ts";

/** Long enough for a rate, and no older than what is meant by "now". */
const lookedAtMs = 15 * 60_000;

/** How many requests a plan's service gets now, and how many of its baseline's fail. */
export async function presentTraffic(
  sql: Sql,
  { namespace, targetRef, baseline }: Pick<RolloutPlan, "namespace" | "targetRef" | "baseline">,
  nowMs: number,
): Promise<PresentTraffic> {
  const window = { fromMs: nowMs - lookedAtMs, toMs: nowMs };
  const { fromMs, toMs, slots } = await versionSlots(sql, { namespace, service: targetRef }, window);
  const own = slots.filter(({ version }) => version === baseline);
  const requests = sumOf(own.map((slot) => slot.requests));
  return {
    requestsPerS: (sumOf(slots.map((slot) => slot.requests)) * 1_000) / (toMs - fromMs),
    failureShare: requests > 0 ? sumOf(own.map((slot) => slot.failures)) / requests : 0,
  };
}

function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
