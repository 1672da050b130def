import { request } from "undici";
import { z } from "zod";
import { publicProcedure } from "../trpc.ts";

const answerWithinMs = 1_500;

/** What the collector's `GET /status` says of itself; its own docstring has the meaning of each. */
const CollectorStatus = z.object({
  atMs: z.number(),
  alerts: z.array(
    z.object({ code: z.string(), severity: z.enum(["warning", "critical"]), message: z.string() }),
  ),
  spool: z.object({ requests: z.number(), bytes: z.number(), maxBytes: z.number() }).nullable(),
  inFlight: z.number(),
  lastCommitAgeMs: z.number(),
  turnedAway: z.number(),
  partitionHeadRoomHours: z.number().nullable(),
  /** By kind; absent of a release that does not tell. */
  retentionHours: z.record(z.string(), z.number()).optional(),
  memory: z.object({ usedBytes: z.number(), limitBytes: z.number() }),
});
export type CollectorStatus = z.infer<typeof CollectorStatus>;

/** The collector's own view of itself, asked for by the console's server; null: it does not answer. */
export const collector = publicProcedure.query(({ ctx }) => readCollectorStatus(ctx.settings.collectorUrl));

export async function readCollectorStatus(url: string): Promise<CollectorStatus | null> {
  try {
    const signal = AbortSignal.timeout(answerWithinMs);
    const { statusCode, body } = await request(new URL("/status", url), { signal });
    if (statusCode === 200) return CollectorStatus.parse(await body.json());
    await body.dump();
    return null;
  } catch {
    return null; // whatever the reason, it does not answer
  }
}
