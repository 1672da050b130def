import { isMoving, Mode, WindowText } from "@weir/domain";
import { z } from "zod";
import { MeshName } from "../bounded-text.ts";
import { decisionsOfPolicy, versionSplit, versionTotals } from "../store.ts";
import { chartWindow } from "../topology/chart-window.ts";
import { publicProcedure } from "../trpc.ts";
import { ServiceRef } from "./canary-schemas.ts";
import { lastMoveMs } from "./last-move.ts";
import { mergeVerdicts } from "./merge-verdicts.ts";
import { firstSlotAfter, newestRequests, slotsOf } from "./traffic-view.ts";

/** Changes of the window that are looked through for the last one that moved traffic. */
const changeDepth = 500;

const Requests = z.record(z.string(), z.number());

const CanaryTraffic = z.object({
  fromMs: z.number(),
  toMs: z.number(),
  nowMs: z.number(),
  slotMs: z.number(),
  rps: z.number(),
  /** p50 and p99 in seconds. */
  versions: z.array(
    z.object({
      version: z.string(),
      requests: z.number(),
      errors: z.number(),
      p50: z.number().optional(),
      p99: z.number().optional(),
    }),
  ),
  slots: z.array(z.object({ atMs: z.number(), requests: Requests })),
  /** Of the last minute, or what of it came after the last change. */
  recent: Requests,
  /** Of what came after the last change in the window; of the whole window without one. */
  sinceChange: Requests,
  decisions: z.array(
    z.object({
      verdict: z.string(),
      mode: Mode,
      evaluated: z.number(),
      wouldAct: z.number(),
      acted: z.number(),
    }),
  ),
});
export type CanaryTraffic = z.infer<typeof CanaryTraffic>;

/** What each version of a service got and how it answered, and what the canary decided. */
export const traffic = publicProcedure
  .input(ServiceRef.extend({ policy: MeshName.optional(), length: WindowText }))
  .output(CanaryTraffic)
  .query(async ({ ctx, input }) => {
    const { namespace, service, policy, length } = input;
    const nowMs = ctx.now();
    const window = chartWindow(length, nowMs);
    // What is past ends where its window does; counts "since" and "just now" are those of then.
    const endMs = isMoving(length) ? nowMs : Math.min(nowMs, window.toMs);
    const changes = await ctx.config.listChanges({
      ...{ fromMs: window.fromMs, toMs: endMs },
      service: { namespace, name: service },
      limit: changeDepth,
    });
    const changedAtMs = lastMoveMs(changes, policy);
    const cleanFromMs = changedAtMs === undefined ? window.fromMs : firstSlotAfter(changedAtMs);
    const target = { namespace, service };
    const [split, minute, since, decisions] = await Promise.all([
      versionSplit(ctx.sql, target, window, window.slots),
      versionSplit(ctx.sql, target, { fromMs: endMs - 60_000, toMs: endMs }, 6),
      cleanFromMs < endMs
        ? versionTotals(ctx.sql, target, { fromMs: cleanFromMs, toMs: endMs })
        : { versions: [] },
      policy === undefined ? undefined : decisionsOfPolicy(ctx.sql, { namespace, name: policy }, window),
    ]);
    const total = split.versions.reduce((sum, version) => sum + version.requests, 0);
    return {
      ...window,
      nowMs,
      slotMs: (window.toMs - window.fromMs) / window.slots,
      rps: split.coveredSeconds > 0 ? total / split.coveredSeconds : 0,
      versions: split.versions.map(({ version, requests, errors, p50, p99 }) => ({
        version,
        requests,
        errors,
        p50,
        p99,
      })),
      slots: slotsOf(split),
      recent: newestRequests(slotsOf(minute), cleanFromMs),
      sinceChange: Object.fromEntries(since.versions.map(({ version, requests }) => [version, requests])),
      decisions: mergeVerdicts(decisions?.verdicts ?? []),
    };
  });
