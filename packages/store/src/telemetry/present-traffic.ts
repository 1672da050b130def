import type { PresentTraffic, RolloutPlan } from "@weir/rollout";
import type { Sql } from "../connection/open-sql.ts";
import { versionSlots } from "./version-slots.ts";

/** Long enough for a rate, and no older than what is meant by "now". */
const nowMeansMs = 5 * 60_000;

/** Whoever had a request in this time is not new, and its minutes without any are quiet ones. */
const lookedAtMs = 15 * 60_000;

export interface RecentTraffic extends PresentTraffic {
  /** The time that it is about: of a service that is new, the time since its first request. */
  readonly overMs: number;
}

/** How many requests a plan's service gets now, and how many of its baseline's fail. */
export async function presentTraffic(
  sql: Sql,
  { namespace, targetRef, baseline }: Pick<RolloutPlan, "namespace" | "targetRef" | "baseline">,
  atMs: number,
): Promise<RecentTraffic> {
  const window = { fromMs: atMs - lookedAtMs, toMs: atMs };
  const { toMs, slots } = await versionSlots(sql, { namespace, service: targetRef }, window);
  const fromMs = Math.max(toMs - nowMeansMs, slots[0]?.fromMs ?? 0);
  const recent = slots.filter((slot) => slot.fromMs >= fromMs);
  const own = recent.filter(({ version }) => version === baseline);
  const requests = sumOf(own.map((slot) => slot.requests));
  return {
    requestsPerS: (sumOf(recent.map((slot) => slot.requests)) * 1_000) / (toMs - fromMs),
    failureShare: requests > 0 ? sumOf(own.map((slot) => slot.failures)) / requests : 0,
    overMs: toMs - fromMs,
  };
}

function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
