import { WindowText } from "@weir/domain";
import { z } from "zod";
import { signalsBetween } from "../store.ts";
import { publicProcedure } from "../trpc.ts";
import { chartWindow } from "./chart-window.ts";
import { PlaceEnd } from "./end.ts";

/** Golden signals of what a service, one of its versions or a namespace received, over time and of the window as a whole. */
export const ofNode = publicProcedure
  .input(z.object({ place: PlaceEnd, window: WindowText }))
  .query(({ ctx, input: { place, window: text } }) => {
    const window = chartWindow(text, ctx.now());
    return signalsBetween(ctx.sql, { destination: place }, window, window.slots);
  });
