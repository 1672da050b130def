import { publicProcedure } from "../trpc.ts";
import { shownTarget } from "./shown-target.ts";

/** Who is told of what, by name. */
export const list = publicProcedure.query(async ({ ctx }) =>
  (await ctx.config.listTargets()).map(shownTarget),
);
