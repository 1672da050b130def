import { operatorProcedure } from "../trpc.ts";
import { TargetId } from "./target-id.ts";

/** Has the controller send a test; what became of it is told by `delivery`. */
export const test = operatorProcedure.input(TargetId).mutation(async ({ ctx, input }) => ({
  deliveryId: await ctx.config.testTarget(input.id, { author: ctx.author }),
}));
