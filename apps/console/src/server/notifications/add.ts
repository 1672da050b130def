import { NotificationTarget } from "@weir/domain";
import { z } from "zod";
import { Reason } from "../bounded-text.ts";
import { operatorProcedure } from "../trpc.ts";

const Added = z.object({ target: NotificationTarget, reason: Reason });

/** Gives back the secret that deliveries are signed with; it is shown this once. Null: the format is not signed. */
export const add = operatorProcedure.input(Added).mutation(async ({ ctx, input: { target, reason } }) => {
  const { id, secret } = await ctx.config.addTarget(target, { author: ctx.author, reason });
  return { id, secret: secret ?? null };
});
