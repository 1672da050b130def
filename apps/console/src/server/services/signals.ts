import { nodeSignals } from "../store.ts";
import { chartWindow } from "../topology/chart-window.ts";
import { publicProcedure } from "../trpc.ts";
import { OfService } from "./of-service.ts";

/** Golden signals of what a service received, over time and of the window as a whole. */
export const signals = publicProcedure.input(OfService).query(({ ctx, input: { service, window: text } }) => {
  const window = chartWindow(text, ctx.now());
  return nodeSignals(ctx.sql, service, window, window.slots);
});
