import { NotificationTarget } from "@weir/domain";
import { operatorProcedure } from "../trpc.ts";

/** Gives back the secret that deliveries are signed with; it is shown this once. Null: the format is not signed. */
export const add = operatorProcedure.input(NotificationTarget).mutation(async ({ ctx, input }) => {
  const { id, secret } = await ctx.config.addTarget(input, ctx.author);
  return { id, secret: secret ?? null };
});
