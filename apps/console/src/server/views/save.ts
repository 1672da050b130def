import { z } from "zod";
import { operatorProcedure } from "../trpc.ts";
import { shownView } from "./shown-view.ts";
import { ViewHref, ViewName } from "./view-schemas.ts";

/** Names an address within the console, for everybody. */
export const save = operatorProcedure
  .input(z.object({ name: ViewName, href: ViewHref }))
  .mutation(async ({ ctx, input }) => shownView(await ctx.config.saveView({ ...input, author: ctx.author })));
