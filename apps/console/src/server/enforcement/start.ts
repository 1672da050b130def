import { ModeSwitch, WindowText, windowOf } from "@weir/domain";
import { GuardBudget } from "@weir/rollout";
import { z } from "zod";
import { Reason } from "../bounded-text.ts";
import { predictEnforcement } from "../store.ts";
import { operatorProcedure } from "../trpc.ts";

const Names = z.array(z.string().max(600)).max(10_000);

const Start = z.object({
  at: ModeSwitch,
  /** What is predicted by: the requests of this window, up to now. */
  window: WindowText,
  consent: z.object({ denied: Names, unproven: Names, unheard: Names.default([]) }),
  /** Null: nobody watches. */
  budget: GuardBudget.nullable(),
  reason: Reason,
});

/**
 * Enforces, and sets the guard. What is predicted is counted once more, so that nobody agrees to one thing and gets another:
 * a caller that would be denied by now and was not agreed to is a refusal.
 */
export const start = operatorProcedure
  .input(Start)
  .output(z.object({ id: z.number() }))
  .mutation(async ({ ctx, input: { at, window, consent, budget, reason } }) => {
    const config = await ctx.config.readMeshConfig();
    const prediction = await predictEnforcement(ctx.sql, config, at, windowOf(window, ctx.now()));
    const { id } = await ctx.config.startEnforcement({
      ...{ at, prediction, consent, author: ctx.author, reason },
      ...(budget && { budget }),
    });
    return { id };
  });
