import { WindowText } from "@weir/domain";
import { z } from "zod";
import { edgeSignals } from "../store.ts";
import { publicProcedure } from "../trpc.ts";
import { chartWindow } from "./chart-window.ts";
import { End } from "./end.ts";

/** Golden signals of the requests from one service to another, over time and of the window as a whole. */
export const ofEdge = publicProcedure
  .input(z.object({ source: End, destination: End, window: WindowText }))
  .query(({ ctx, input: { window: text, ...edge } }) => {
    const window = chartWindow(text, ctx.now());
    return edgeSignals(ctx.sql, edge, window, window.slots);
  });
