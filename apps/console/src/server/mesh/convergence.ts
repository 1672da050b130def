import { auditSentence } from "@weir/domain";
import { z } from "zod";
import { publicProcedure } from "../trpc.ts";

const Converged = z.object({
  configRevision: z.number(),
  namespace: z.string(),
  changedAtMs: z.number(),
  /** In a sentence without its end; absent where the audit's entry is further back than is read. */
  what: z.string().optional(),
  author: z.string().optional(),
  sidecars: z.number(),
  acked: z.number(),
  refused: z.number(),
  /** From the change to the last answer so far; absent before the first. */
  tookMs: z.number().optional(),
});
export type Converged = z.infer<typeof Converged>;

/** Entries of the audit that are looked through for what the changes were. */
const auditDepth = 200;

/** How far the last changes have come, and how long that took; the newest first. */
export const convergence = publicProcedure
  .input(z.object({ limit: z.int().min(1).max(100) }))
  .output(z.array(Converged))
  .query(async ({ ctx, input }) => {
    const [changes, audit] = await Promise.all([
      ctx.config.listConvergence(input.limit),
      ctx.config.listAudit({ limit: auditDepth }),
    ]);
    const entries = new Map(audit.map((entry) => [entry.configRevision, entry]));
    return changes.map(({ changedAt, lastAckedAt, ...change }) => {
      const entry = entries.get(change.configRevision);
      return {
        ...change,
        changedAtMs: changedAt.getTime(),
        ...(entry && { what: auditSentence(entry), author: entry.author }),
        ...(lastAckedAt && { tookMs: Math.max(0, lastAckedAt.getTime() - changedAt.getTime()) }),
      };
    });
  });
