import { firstSigns as readFirstSigns } from "../store.ts";
import { publicProcedure } from "../trpc.ts";

/** What has ever come in, and where collector and controller are as this console reaches them. */
export const firstSigns = publicProcedure.query(async ({ ctx }) => ({
  ...(await readFirstSigns(ctx.sql)),
  collectorUrl: ctx.settings.collectorUrl,
  controllerUrl: ctx.settings.controllerUrl,
}));
