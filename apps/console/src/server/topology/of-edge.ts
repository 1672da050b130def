import { WindowText } from "@weir/domain";
import { z } from "zod";
import { signalsBetween } from "../store.ts";
import { publicProcedure } from "../trpc.ts";
import { chartWindow } from "./chart-window.ts";
import { PlaceEnd } from "./end.ts";

/** Golden signals of the requests from one node of the map to another, over time and of the window as a whole. */
export const ofEdge = publicProcedure
  .input(z.object({ source: PlaceEnd, destination: PlaceEnd, window: WindowText }))
  .query(({ ctx, input: { window: text, ...edge } }) => {
    const window = chartWindow(text, ctx.now());
    return signalsBetween(ctx.sql, edge, window, window.slots);
  });
