import { publicProcedure } from "../trpc.ts";
import { shownDelivery } from "./shown-delivery.ts";
import { TargetId } from "./target-id.ts";

/** One delivery; null: it is gone with its target. */
export const delivery = publicProcedure.input(TargetId).query(async ({ ctx, input }) => {
  const found = await ctx.config.getDelivery(input.id);
  return found ? shownDelivery(found) : null;
});
