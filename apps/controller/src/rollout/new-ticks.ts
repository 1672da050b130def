import type { Window } from "@weir/domain";
import type { Signals, Step } from "@weir/rollout";
import { type OpenSlot, type Sql, type StoredRollout, type VersionTick, versionTicks } from "@weir/store";
import { newSlots } from "../guard/new-slots.ts";
import { addSignals } from "./add-signals.ts";
import { restOf } from "./rest-of-slot.ts";

const slotMs = 10_000;
/** Sidecars' intervals end on multiples of it. */
const exportMs = 2_000;
/** By then what they tell of an interval has come, and a change has come to them. */
const lagMs = 1_000;
/** Of a slot, before it is read ahead of its end. */
const leastOpenMs = 6_000;

/** Ticks of versions in the order canary, baseline. */
export interface NewTicks {
  /** From before the present step, and the one in which it was entered. */
  readonly before: readonly VersionTick[];
  readonly inStep: readonly VersionTick[];
  /** Of the last of them, where its slot is not over. */
  readonly openSlot: OpenSlot | undefined;
}

/** What is known of the telemetry just now. */
export interface Heard {
  /** End of the newest slot that anything is known of. */
  readonly newestMs: number | undefined;
  readonly nowMs: number;
  /** Requests that are the canary's to get reach nobody. */
  readonly isCanaryGone: boolean;
}

/**
 * What both versions did since it was last asked: whole slots as far as all of them has come, and the first half of the one
 * after, for harm is to be seen within seconds. A slot in which the step changed is not halved, as nobody can say to which
 * side of the change its requests belong.
 */
export async function newTicks(sql: Sql, rollout: StoredRollout, heard: Heard): Promise<NewTicks> {
  const { analysis, plan, state, createdAt, stepAt } = rollout;
  const open = analysis.openSlot;
  const sinceMs = nextSlot(open?.fromMs ?? analysis.toMs ?? createdAt.getTime());
  const whole = newSlots({ ...heard, newestEndMs: heard.newestMs, sinceMs }) ?? {
    fromMs: sinceMs,
    toMs: sinceMs,
  };
  // What a sidecar tells after a change may still be of requests before it.
  const enteredMs = nextSlot(stepAt.getTime() + exportMs + lagMs);
  const edgeMs = Math.min(whole.toMs, Math.max(whole.fromMs, enteredMs));
  const now = plan.steps[state.step];
  const read = (window: Window, step: Step | undefined) => readBoth(sql, rollout, window, step, heard);
  const before = await read({ ...whole, toMs: edgeMs }, plan.steps[analysis.step]);
  const inStep = await read({ ...whole, fromMs: edgeMs }, now);
  const [ofBefore, ofStep] = [restOf(before, open), restOf(inStep, open)];
  const openMs = openUntil(whole.toMs, heard);
  const isRead = open?.fromMs === whole.toMs;
  if (openMs === undefined || isRead || whole.toMs < enteredMs)
    return { before: ofBefore, inStep: ofStep, openSlot: isRead ? open : undefined };
  const [half] = await read({ fromMs: whole.toMs, toMs: whole.toMs + slotMs }, now);
  if (half === undefined) return { before: ofBefore, inStep: ofStep, openSlot: undefined };
  const openSlot = { ...half, toMs: openMs };
  return { before: ofBefore, inStep: [...ofStep, openSlot], openSlot };
}

function nextSlot(ms: number): number {
  return Math.ceil(ms / slotMs) * slotMs;
}

/** Until when of a slot that is not over everything has come; undefined where that is not enough yet. */
function openUntil(fromMs: number, { newestMs, nowMs }: Heard): number | undefined {
  if (newestMs === undefined || newestMs <= fromMs) return undefined;
  const untilMs = Math.min(fromMs + slotMs, Math.floor((nowMs - lagMs) / exportMs) * exportMs);
  return untilMs - fromMs >= leastOpenMs ? untilMs : undefined;
}

const beforeMs = 600_000;

/** Of the baseline, in the ten minutes before the rollout began. */
export function ticksBefore(sql: Sql, rollout: StoredRollout): Promise<VersionTick[]> {
  const toMs = Math.floor(rollout.createdAt.getTime() / slotMs) * slotMs;
  const { baseline, steps } = rollout.plan;
  return readTicks(sql, rollout, [baseline], { fromMs: toMs - beforeMs, toMs }, steps[0]);
}

/** Nobody's: what reached no version. */
const noVersion = "";

/** Where the canary has no endpoint, requests that reached no version are those that were the canary's to get. */
async function readBoth(
  sql: Sql,
  rollout: StoredRollout,
  window: Window,
  step: Step | undefined,
  { isCanaryGone }: Heard,
): Promise<VersionTick[]> {
  const { canary, baseline } = rollout.plan;
  const versions = [canary, baseline, ...(isCanaryGone ? [noVersion] : [])];
  const ticks = await readTicks(sql, rollout, versions, window, step);
  return ticks.map((tick) => {
    const [own, others, lost] = tick.versions as readonly [Signals, Signals, Signals?];
    return { ...tick, versions: [lost ? addSignals(own, lost) : own, others] };
  });
}

/** Copies are told of by the sidecars they arrive at alone; then both versions are compared by what those tell. */
function readTicks(
  sql: Sql,
  { plan: { namespace, targetRef } }: StoredRollout,
  versions: readonly string[],
  window: Window,
  step: Step | undefined,
): Promise<VersionTick[]> {
  const service = { namespace, service: targetRef };
  return versionTicks(sql, service, versions, window, step && "mirror" in step ? "arrived" : undefined);
}
