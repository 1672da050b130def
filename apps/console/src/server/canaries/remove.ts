import { z } from "zod";
import { operatorProcedure } from "../trpc.ts";

const RemoveCanary = z.object({
  namespace: z.string(),
  name: z.string(),
  expectedRevision: z.int().min(1),
  reason: z.string().max(500).optional(),
});

/** Takes a canary away: every request goes to the stable version again. Its revisions stay readable. */
export const remove = operatorProcedure.input(RemoveCanary).mutation(async ({ ctx, input }) => {
  const { namespace, name, expectedRevision, reason } = input;
  await ctx.config.deletePolicy(namespace, name, { author: ctx.author, expectedRevision, reason });
});
