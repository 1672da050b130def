import { publicProcedure } from "../trpc.ts";

/** Views that people named, by name. */
export const list = publicProcedure.query(({ ctx }) => ctx.config.listViews());
