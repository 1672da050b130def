import { readWindow, WindowText, widthOf, windowOf } from "@weir/domain";
import {
  Degradation,
  knownBeforeMs,
  type PlanReplay,
  pastTraffic,
  RolloutPlan,
  type RunEnd,
  replayNotes,
  replayRun,
  replaySentence,
  replaySetting,
  runsWithin,
  seededRandom,
  summarizeReplay,
} from "@weir/rollout";
import { z } from "zod";
import { inSlot } from "../slots.ts";
import { versionSlots } from "../store.ts";
import { type Context, publicProcedure } from "../trpc.ts";

/** Runs asked for; a long plan takes fewer. */
const runsWanted = 200;
/** Between two tellings of how far it has come; before the first, an answer is mostly there. */
const tellEveryMs = 250;
/** Other answers wait for no longer than this. */
const turnMs = 25;
/** Longer ones would be read for nothing: no run takes so long. */
const longestMs = 24 * 3_600_000;

const Question = z.object({
  plan: RolloutPlan,
  degradation: Degradation,
  window: WindowText.refine(
    (text) => !readWindow(text) || widthOf(text) <= longestMs,
    "must be 24 hours or less",
  ),
  matchedShare: z.number().gt(0).max(1).optional(),
});

/** What came of a replay, with the same in words. */
export interface AnsweredReplay extends PlanReplay {
  readonly sentence: string;
  readonly notes: readonly string[];
}

/** How far a replay has come, and at last what came of it. */
export interface ToldReplay {
  readonly done: number;
  readonly runs: number;
  /** The part of the window that was heard of. */
  readonly window: { readonly fromMs: number; readonly toMs: number };
  readonly requests: number;
  /** Absent until it is over, and of a window without a request. */
  readonly answer?: AnsweredReplay;
  readonly finished: boolean;
}

/**
 * A plan run over the requests that its service got in a window, with a canary so bad; of the same question the same answer. Tells
 * how far it has come until it is over, and ends with the asker. Writes nothing.
 */
export const replay = publicProcedure
  .input(Question)
  .query(({ ctx, input, signal }) =>
    inSlot(ctx.replaySlots, "more plans are to be replayed", signal, () => runs(ctx, input, signal)),
  );

async function* runs(
  ctx: Context,
  { plan, degradation, window: text, matchedShare }: z.output<typeof Question>,
  signal: AbortSignal | undefined,
): AsyncGenerator<ToldReplay, void, undefined> {
  const window = windowOf(text, ctx.now());
  const target = { namespace: plan.namespace, service: plan.targetRef };
  const read = { ...window, fromMs: window.fromMs - knownBeforeMs };
  const stored = await versionSlots(ctx.sql, target, read);
  const traffic = pastTraffic(stored, plan.baseline, window.fromMs);
  const requests = traffic.slots.reduce((sum, slot) => sum + slot.requests, 0);
  const head = { window: { fromMs: traffic.fromMs, toMs: stored.toMs }, requests };
  const setting = replaySetting({ plan, traffic, degradation, matchedShare });
  if (setting === undefined) return yield { ...head, done: 0, runs: 0, finished: true };
  const wanted = runsWithin(setting, runsWanted);
  const random = seededRandom(0.5);
  const ends: RunEnd[] = [];
  let toldMs = performance.now();
  let turnEndsMs = toldMs + turnMs;
  while (ends.length < wanted && !signal?.aborted) {
    ends.push(replayRun(setting, random));
    if (performance.now() < turnEndsMs) continue;
    await new Promise((resolve) => setImmediate(resolve));
    turnEndsMs = performance.now() + turnMs;
    if (performance.now() - toldMs < tellEveryMs) continue;
    toldMs = performance.now();
    yield { ...head, done: ends.length, runs: wanted, finished: false };
  }
  if (signal?.aborted) return;
  const made = summarizeReplay(setting, ends);
  const words = {
    sentence: replaySentence(plan, degradation, made),
    notes: replayNotes(plan, degradation, made),
  };
  yield { ...head, done: wanted, runs: wanted, answer: { ...made, ...words }, finished: true };
}
