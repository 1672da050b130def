import { WindowLength } from "@weir/domain";
import { z } from "zod";
import { edgeSignals } from "../store.ts";
import { publicProcedure } from "../trpc.ts";
import { chartSlots, chartWindow } from "./chart-window.ts";
import { End } from "./end.ts";

/** Golden signals of the requests from one service to another, over time and of the window as a whole. */
export const ofEdge = publicProcedure
  .input(z.object({ source: End, destination: End, window: WindowLength }))
  .query(({ ctx, input: { window, ...edge } }) =>
    edgeSignals(ctx.sql, edge, chartWindow(window, ctx.now()), chartSlots[window]),
  );
