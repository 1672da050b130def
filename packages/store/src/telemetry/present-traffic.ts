import type { PresentTraffic, RolloutPlan } from "@weir/rollout";
import { guarded, type Sql } from "../connection/open-sql.ts";
import type { ServiceName } from "./answers.ts";
import { eachTotal } from "./edges/each-group.ts";
import { versionSlots } from "./version-slots.ts";

/** Long enough for a rate, and no older than what is meant by "now". */
const nowMeansMs = 5 * 60_000;

/** Whoever had a request in this time is not new, and its minutes without any are quiet ones. */
const lookedAtMs = 15 * 60_000;
/** And whoever had one in this time before: a job of once a month is none that began with its newest run. */
const knownForMs = 31 * 24 * 60 * 60_000;

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
  const service = { namespace, service: targetRef };
  const window = { fromMs: atMs - lookedAtMs, toMs: atMs };
  const { toMs, slots } = await versionSlots(sql, service, window);
  const [usualMs, firstMs = 0] = [toMs - nowMeansMs, slots[0]?.fromMs];
  const isNew = firstMs > usualMs && !(await wasAsked(sql, service, window.fromMs));
  const fromMs = isNew ? firstMs : usualMs;
  const recent = slots.filter((slot) => slot.fromMs >= fromMs);
  const own = recent.filter(({ version }) => version === baseline);
  const requests = sumOf(own.map((slot) => slot.requests));
  return {
    requestsPerS: (sumOf(recent.map((slot) => slot.requests)) * 1_000) / (toMs - fromMs),
    failureShare: requests > 0 ? sumOf(own.map((slot) => slot.failures)) / requests : 0,
    overMs: toMs - fromMs,
  };
}

/** Read of the coarsest sums that there are, and only of a service that may be new. */
async function wasAsked(sql: Sql, destination: ServiceName, toMs: number): Promise<boolean> {
  let known = false;
  const window = { fromMs: Math.max(0, toMs - knownForMs), toMs };
  const found = () => {
    known = true;
  };
  await guarded(sql, () => eachTotal(sql, { destination }, window, () => destination.service, found));
  return known;
}

function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
