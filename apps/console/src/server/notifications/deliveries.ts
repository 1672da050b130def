import { publicProcedure } from "../trpc.ts";
import { shownDelivery } from "./shown-delivery.ts";
import { TargetId } from "./target-id.ts";

const most = 20;

/** The last deliveries to a target, the newest first. */
export const deliveries = publicProcedure
  .input(TargetId)
  .query(async ({ ctx, input }) => (await ctx.config.listDeliveries(input.id, most)).map(shownDelivery));
