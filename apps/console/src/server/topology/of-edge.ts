import { WindowLength } from "@weir/domain";
import { z } from "zod";
import { edgeSeries } from "../store.ts";
import { publicProcedure } from "../trpc.ts";
import { chartSlots, chartWindow } from "./chart-window.ts";
import { End } from "./end.ts";

/** Golden signals of the requests from one service to another, over time and of the window as a whole. */
export const ofEdge = publicProcedure
  .input(z.object({ source: End, destination: End, window: WindowLength }))
  .query(async ({ ctx, input: { window: length, ...edge } }) => {
    const window = chartWindow(length, ctx.now());
    const [slots, whole] = await Promise.all([
      edgeSeries(ctx.sql, edge, window, chartSlots[length]),
      edgeSeries(ctx.sql, edge, window, 1),
    ]);
    return { window, slots, whole: whole[0] };
  });
