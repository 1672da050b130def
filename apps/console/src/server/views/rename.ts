import { z } from "zod";
import { operatorProcedure } from "../trpc.ts";
import { shownView } from "./shown-view.ts";
import { ViewName } from "./view-schemas.ts";

/** Gives a view another name. */
export const rename = operatorProcedure
  .input(z.object({ id: z.int32(), name: ViewName }))
  .mutation(async ({ ctx, input }) => shownView(await ctx.config.renameView(input.id, input.name)));
