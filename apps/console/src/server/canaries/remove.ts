import { z } from "zod";
import { Reason } from "../bounded-text.ts";
import { operatorProcedure } from "../trpc.ts";
import { CanaryRef } from "./canary-schemas.ts";

const RemoveCanary = CanaryRef.extend({
  expectedRevision: z.int32().min(1),
  reason: Reason,
});

/** Takes a canary away: every request goes to the stable version again. Its revisions stay readable. */
export const remove = operatorProcedure.input(RemoveCanary).mutation(async ({ ctx, input }) => {
  const { namespace, name, expectedRevision, reason } = input;
  await ctx.config.deletePolicy(namespace, name, { author: ctx.author, expectedRevision, reason });
});
