import { TRPCError } from "@trpc/server";
import { publicProcedure } from "../trpc.ts";
import { RolloutRef } from "./rollout-ref.ts";
import { type ShownRollout, shownRollout } from "./shown-rollout.ts";

/** One rollout as it stands; `nowMs` is the console's clock, which ages are told by. */
export const get = publicProcedure
  .input(RolloutRef)
  .query(async ({ ctx, input }): Promise<ShownRollout & { readonly nowMs: number }> => {
    const stored = await ctx.config.getRollout(input.id);
    if (!stored) throw new TRPCError({ code: "NOT_FOUND", message: `there is no rollout ${input.id}` });
    return { ...shownRollout(stored), nowMs: ctx.now() };
  });
