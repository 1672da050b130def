import { WindowText } from "@weir/domain";
import { z } from "zod";
import { nodeSignals } from "../store.ts";
import { publicProcedure } from "../trpc.ts";
import { chartWindow } from "./chart-window.ts";
import { End } from "./end.ts";

/** Golden signals of what a service received, over time and of the window as a whole. */
export const ofNode = publicProcedure
  .input(z.object({ service: End, window: WindowText }))
  .query(({ ctx, input: { service, window: text } }) => {
    const window = chartWindow(text, ctx.now());
    return nodeSignals(ctx.sql, service, window, window.slots);
  });
