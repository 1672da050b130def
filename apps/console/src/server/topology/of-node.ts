import { WindowLength } from "@weir/domain";
import { z } from "zod";
import { nodeSeries } from "../store.ts";
import { publicProcedure } from "../trpc.ts";
import { chartSlots, chartWindow } from "./chart-window.ts";
import { End } from "./end.ts";

/** Golden signals of what a service received, over time and of the window as a whole. */
export const ofNode = publicProcedure
  .input(z.object({ service: End, window: WindowLength }))
  .query(async ({ ctx, input }) => {
    const window = chartWindow(input.window, ctx.now());
    const [slots, whole] = await Promise.all([
      nodeSeries(ctx.sql, input.service, window, chartSlots[input.window]),
      nodeSeries(ctx.sql, input.service, window, 1),
    ]);
    return { window, slots, whole: whole[0] };
  });
