import { publicProcedure } from "../trpc.ts";
import { shownView } from "./shown-view.ts";

/** Views that people named, by name. */
export const list = publicProcedure.query(async ({ ctx }) => (await ctx.config.listViews()).map(shownView));
