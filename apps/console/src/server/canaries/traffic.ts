import { Mode, WindowLength, windowEndingAt } from "@weir/domain";
import { decisionsOfPolicy, versionSplit } from "@weir/store";
import { z } from "zod";
import { publicProcedure } from "../trpc.ts";
import { ServiceRef } from "./canary-schemas.ts";
import { changeMarks } from "./change-marks.ts";
import { requestsSince, slotsOf } from "./traffic-view.ts";

/** Entries of the audit that are looked through for changes in the window. */
const auditDepth = 500;

const Requests = z.record(z.string(), z.number());

const CanaryTraffic = z.object({
  fromMs: z.number(),
  toMs: z.number(),
  nowMs: z.number(),
  slotMs: z.number(),
  rps: z.number(),
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
  /** What came in after the last change, as far as the window reaches. */
  since: z.object({ fromMs: z.number(), requests: Requests }),
  decisions: z.array(
    z.object({
      verdict: z.string(),
      mode: Mode,
      evaluated: z.number(),
      wouldAct: z.number(),
      acted: z.number(),
    }),
  ),
  marks: z.array(z.object({ atMs: z.number(), text: z.string(), author: z.string() })),
});
export type CanaryTraffic = z.infer<typeof CanaryTraffic>;

/** What each version of a service got and how it answered, what the canary decided, and what was changed meanwhile. */
export const traffic = publicProcedure
  .input(ServiceRef.extend({ policy: z.string().optional(), length: WindowLength }))
  .output(CanaryTraffic)
  .query(async ({ ctx, input }) => {
    const { namespace, service, policy } = input;
    const nowMs = ctx.now();
    const window = windowEndingAt(input.length, nowMs);
    const [split, decisions, audit] = await Promise.all([
      versionSplit(ctx.sql, { namespace, service }, window),
      policy === undefined ? undefined : decisionsOfPolicy(ctx.sql, { namespace, name: policy }, window),
      ctx.config.listAudit({ limit: auditDepth }),
    ]);
    const slots = slotsOf(split);
    const marks = changeMarks(audit, { namespace, service, policy }, window);
    const requests = split.versions.reduce((sum, version) => sum + version.requests, 0);
    return {
      ...window,
      nowMs,
      slotMs: 1_000 * (split.versions[0]?.series[0]?.seconds ?? 10),
      rps: split.coveredSeconds > 0 ? requests / split.coveredSeconds : 0,
      versions: split.versions.map(({ version, requests, errors, p50, p99 }) => ({
        version,
        requests,
        errors,
        p50,
        p99,
      })),
      slots,
      since: requestsSince(slots, marks.at(-1)?.atMs, window),
      decisions: mergeRevisions(decisions?.verdicts ?? []),
      marks,
    };
  });

interface Verdict {
  readonly verdict: string;
  readonly mode: string;
  readonly evaluated: number;
  readonly wouldAct: number;
  readonly acted: number;
}

/** One row a verdict and mode, whatever the revision. */
function mergeRevisions(verdicts: readonly Verdict[]) {
  const rows = new Map<string, z.infer<typeof CanaryTraffic>["decisions"][number]>();
  for (const { verdict, mode, evaluated, wouldAct, acted } of verdicts) {
    const key = `${verdict} ${mode}`;
    const row = rows.get(key) ?? { verdict, mode: Mode.parse(mode), evaluated: 0, wouldAct: 0, acted: 0 };
    row.evaluated += evaluated;
    row.wouldAct += wouldAct;
    row.acted += acted;
    rows.set(key, row);
  }
  return [...rows.values()].sort((a, b) => b.evaluated - a.evaluated);
}
