import { WindowLength } from "@weir/domain";
import { z } from "zod";
import { nodeSignals } from "../store.ts";
import { publicProcedure } from "../trpc.ts";
import { chartSlots, chartWindow } from "./chart-window.ts";
import { End } from "./end.ts";

/** Golden signals of what a service received, over time and of the window as a whole. */
export const ofNode = publicProcedure
  .input(z.object({ service: End, window: WindowLength }))
  .query(({ ctx, input: { service, window } }) =>
    nodeSignals(ctx.sql, service, chartWindow(window, ctx.now()), chartSlots[window]),
  );
