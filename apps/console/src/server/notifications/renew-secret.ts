import { operatorProcedure } from "../trpc.ts";
import { TargetId } from "./target-id.ts";

/** Another secret, shown this once; what is sent from now on is signed with it. */
export const renewSecret = operatorProcedure.input(TargetId).mutation(async ({ ctx, input }) => ({
  secret: await ctx.config.renewTargetSecret(input.id, { author: ctx.author }),
}));
