import type { PresentTraffic, RolloutPlan } from "@weir/rollout";
import type { Sql } from "@weir/store";
import { versionSplit } from "../store.ts";

/** Long enough for a rate, and no older than what is meant by "now". */
const lookedAtMs = 15 * 60_000;

/** How many requests a plan's service gets now, and how many of its baseline's fail. */
export async function presentTraffic(
  sql: Sql,
  { namespace, targetRef, baseline }: Pick<RolloutPlan, "namespace" | "targetRef" | "baseline">,
  nowMs: number,
): Promise<PresentTraffic> {
  const window = { fromMs: nowMs - lookedAtMs, toMs: nowMs };
  const { versions, coveredSeconds } = await versionSplit(sql, { namespace, service: targetRef }, window, 1);
  const requests = versions.reduce((sum, version) => sum + version.requests, 0);
  const stable = versions.find(({ version }) => version === baseline);
  return {
    requestsPerS: coveredSeconds > 0 ? requests / coveredSeconds : 0,
    failureShare: stable && stable.requests > 0 ? stable.errors / stable.requests : 0,
  };
}
