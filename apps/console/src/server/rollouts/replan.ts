import { parseOrThrow } from "@weir/domain";
import { RolloutPlan } from "@weir/rollout";
import { z } from "zod";
import { Reason } from "../bounded-text.ts";
import { operatorProcedure } from "../trpc.ts";
import { RolloutRef } from "./rollout-ref.ts";
import { type ShownRollout, shownRollout } from "./shown-rollout.ts";

/** Another plan for what lies ahead. One that was begun from an older plan is a conflict. */
export const replan = operatorProcedure
  .input(
    RolloutRef.extend({
      plan: z.json(),
      /** The revision of the plan that the draft was begun from. */
      expectedPlanRevision: z.int32().min(1),
      reason: Reason,
    }),
  )
  .mutation(
    async ({ ctx, input: { id, plan, expectedPlanRevision, reason } }): Promise<ShownRollout> =>
      shownRollout(
        await ctx.config.replanRollout(id, parseOrThrow(RolloutPlan, plan, "the plan"), {
          ...{ author: ctx.author, expectedPlanRevision, reason },
        }),
      ),
  );
