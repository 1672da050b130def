import { z } from "zod";
import { Reason } from "../bounded-text.ts";
import { operatorProcedure } from "../trpc.ts";
import { EnforcementId } from "./get.ts";

const End = z.object({ id: EnforcementId, reason: Reason });

/** Back to what it was before, unless somebody has changed it since. */
export const takeBack = operatorProcedure
  .input(End)
  .output(z.object({ phase: z.string() }))
  .mutation(async ({ ctx, input: { id, reason } }) => {
    const { phase } = await ctx.config.takeBackEnforcement(id, { author: ctx.author, reason });
    return { phase };
  });

/** The guard goes, the mode stays. */
export const keep = operatorProcedure
  .input(End)
  .output(z.object({ phase: z.string() }))
  .mutation(async ({ ctx, input: { id, reason } }) => {
    const { phase } = await ctx.config.keepEnforcement(id, { author: ctx.author, reason });
    return { phase };
  });
