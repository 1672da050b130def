import type { Window } from "@weir/domain";
import type { Step } from "@weir/rollout";
import { type Sql, type StoredRollout, type VersionTick, versionTicks } from "@weir/store";
import { newSlots } from "../guard/new-slots.ts";
import type { NewTicks } from "./take-in.ts";

const slotMs = 10_000;

/** What both versions did since it was last asked, as far as all of it has come. */
export async function newTicks(
  sql: Sql,
  rollout: StoredRollout,
  { newestMs, nowMs }: { readonly newestMs: number | undefined; readonly nowMs: number },
): Promise<NewTicks> {
  const { analysis, plan, state, createdAt, stepAt } = rollout;
  const sinceMs = analysis.toMs ?? createdAt.getTime();
  const window = newSlots({ sinceMs, newestEndMs: newestMs, nowMs });
  if (window === undefined) return { before: [], inStep: [] };
  const enteredMs = Math.ceil(stepAt.getTime() / slotMs) * slotMs;
  const edgeMs = Math.min(window.toMs, Math.max(window.fromMs, enteredMs));
  const versions = [plan.canary, plan.baseline];
  return {
    before: await read(sql, rollout, versions, { ...window, toMs: edgeMs }, plan.steps[analysis.step]),
    inStep: await read(sql, rollout, versions, { ...window, fromMs: edgeMs }, plan.steps[state.step]),
  };
}

const beforeMs = 600_000;

/** Of the baseline, in the ten minutes before the rollout began. */
export function ticksBefore(sql: Sql, rollout: StoredRollout): Promise<VersionTick[]> {
  const toMs = Math.floor(rollout.createdAt.getTime() / slotMs) * slotMs;
  const { baseline, steps } = rollout.plan;
  return read(sql, rollout, [baseline], { fromMs: toMs - beforeMs, toMs }, steps[0]);
}

/** Copies are told of by the sidecars they arrive at alone; then both versions are compared by what those tell. */
function read(
  sql: Sql,
  { plan: { namespace, targetRef } }: StoredRollout,
  versions: readonly string[],
  window: Window,
  step: Step | undefined,
): Promise<VersionTick[]> {
  const service = { namespace, service: targetRef };
  return versionTicks(sql, service, versions, window, step && "mirror" in step ? "arrived" : undefined);
}
