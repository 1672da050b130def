import { mergeHistograms } from "@weir/domain";
import {
  type Analysis,
  type AnalysisSettings,
  analysisSettings,
  type Decision,
  decide,
  type Evidence,
  judge,
  type OtherCheck,
  type RolloutState,
  startAnalysis,
} from "@weir/rollout";
import type { ConfigStore, KeptAnalysis, LookTaken, Sql, StoredRollout } from "@weir/store";
import { assignedShare } from "./assigned-share.ts";
import { extendCourse } from "./extend-course.ts";
import { newTicks, ticksBefore } from "./new-ticks.ts";
import { settledAt } from "./settled.ts";
import { takeIn } from "./take-in.ts";

export interface LookSettings {
  readonly store: Pick<ConfigStore, "convergenceOf">;
  readonly sql: Sql;
  readonly nowMs: number;
  /** End of the newest slot that anything is known of. */
  readonly newestMs: number | undefined;
  /** The mesh is on hold. */
  readonly held: boolean;
  /** Requests that are the canary's to get reach nobody. */
  readonly isCanaryGone: boolean;
  readonly others: readonly OtherCheck[];
}

const slotMs = 10_000;

/** What a rollout's evidence says now, and what follows from it. Stores nothing: looked at again, it comes to the same. */
export async function lookAtRollout(rollout: StoredRollout, settings: LookSettings): Promise<LookTaken> {
  const { store, sql, nowMs, held, others } = settings;
  const { plan, state, course } = rollout;
  const rules = analysisSettings(plan);
  const begun = isNew(rollout) ? await begin(sql, rollout, rules) : rollout.analysis;
  if (held) {
    const analysis = passOver(begun, settings.newestMs);
    const evidence = judge(analysis, rules, others);
    return { decision: stay(state, evidence, nowMs), analysis, course, signals: rollout.signals };
  }
  const ticks = await newTicks(sql, rollout, settings);
  const settledMs = ticks.inStep.length > 0 ? await settledAt(store, rollout, nowMs) : undefined;
  const { analysis, signals } = takeIn(
    { ...rollout, analysis: begun },
    ticks,
    rules,
    assignedShare(plan, state, settledMs),
  );
  const evidence = judge(analysis, rules, others);
  return {
    decision: decide(state, evidence, plan, nowMs),
    course: ticks.inStep.length > 0 ? extendCourse(course, evidence, nowMs) : course,
    ...{ analysis, signals },
  };
}

function isNew({ look, analysis }: StoredRollout): boolean {
  return look === undefined && analysis.toMs === undefined;
}

/** What counts as slow is known from before, so that the first requests of the canary are compared already. */
async function begin(sql: Sql, rollout: StoredRollout, rules: AnalysisSettings): Promise<Analysis> {
  const before = await ticksBefore(sql, rollout);
  const durations = before.flatMap(({ versions }) => versions.map((signals) => signals.durations));
  return startAnalysis(rules, mergeHistograms(durations));
}

/**
 * While the mesh is on hold all requests go to the stable version and say nothing of the rollout, nor do those of the slots in
 * which it is released.
 */
function passOver(analysis: KeptAnalysis, newestMs: number | undefined): KeptAnalysis {
  if (newestMs === undefined) return analysis;
  return { ...analysis, toMs: Math.max(analysis.toMs ?? 0, newestMs + 2 * slotMs), openSlot: undefined };
}

/** No time passes for the rollout either. */
function stay(state: RolloutState, evidence: Evidence, nowMs: number): Decision {
  return {
    ...{ action: "hold", state: { ...state, seenMs: nowMs }, evidence, atMs: nowMs },
    reason: "held: the mesh is on hold, no policy acts",
  };
}
