import { Reason } from "../bounded-text.ts";
import { operatorProcedure } from "../trpc.ts";
import { RolloutRef } from "./rollout-ref.ts";
import { type ShownEvent, shownEvent } from "./shown-rollout.ts";

/** Ends a rollout that cannot be shown, for this release cannot read its plan. Says what became of it. */
export const abortUnreadable = operatorProcedure
  .input(RolloutRef.extend({ reason: Reason }))
  .mutation(
    async ({ ctx, input: { id, reason } }): Promise<ShownEvent> =>
      shownEvent(await ctx.config.abortUnreadable(id, { author: ctx.author, reason })),
  );
