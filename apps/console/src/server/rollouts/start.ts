import { parseOrThrow } from "@weir/domain";
import { RolloutPlan } from "@weir/rollout";
import { z } from "zod";
import { Reason } from "../bounded-text.ts";
import { operatorProcedure } from "../trpc.ts";

/** Starts a rollout: traffic is as its first step says from this moment on. The plan is judged by its own schema. */
export const start = operatorProcedure
  .input(z.object({ plan: z.json(), reason: Reason }))
  .mutation(async ({ ctx, input: { plan, reason } }): Promise<{ readonly id: number }> => {
    const { id } = await ctx.config.startRollout(parseOrThrow(RolloutPlan, plan, "the plan"), {
      author: ctx.author,
      reason,
    });
    return { id };
  });
