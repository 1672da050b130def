import { auditSentence } from "@weir/domain";
import { z } from "zod";
import { publicProcedure } from "../trpc.ts";

const Entry = z.object({
  id: z.number(),
  atMs: z.number(),
  author: z.string(),
  reason: z.string().optional(),
  /** Such as `service.mode`; `what` says it in words. */
  action: z.string(),
  what: z.string(),
  configRevision: z.number(),
});

/** The last changes, newest first; `before` is the id of the last one already shown. */
export const audit = publicProcedure
  .input(z.object({ limit: z.int().min(1).max(200), before: z.int32().optional() }))
  .output(z.array(Entry))
  .query(async ({ ctx, input }) => {
    const entries = await ctx.config.listAudit(input);
    return entries.map(({ at, before, after, subject, ...entry }) => ({
      ...entry,
      atMs: at.getTime(),
      what: auditSentence({ action: entry.action, subject, before, after }),
    }));
  });
