import { publicProcedure } from "../trpc.ts";
import { RolloutRef } from "./rollout-ref.ts";
import { type ShownEvent, shownEvent } from "./shown-rollout.ts";

/** All that changed a rollout with the evidence of its moment, newest first. */
export const events = publicProcedure
  .input(RolloutRef)
  .query(
    async ({ ctx, input }): Promise<ShownEvent[]> =>
      (await ctx.config.rolloutEvents(input.id)).map(shownEvent),
  );
