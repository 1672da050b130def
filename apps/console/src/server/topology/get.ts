import { WindowText, windowOf } from "@weir/domain";
import { z } from "zod";
import { newestSlotEnd, topology } from "../store.ts";
import { publicProcedure } from "../trpc.ts";
import { topologyView } from "./topology-view.ts";

/** The map of a window: services with their versions and modes, edges with rate, errors and latency. */
export const get = publicProcedure.input(z.object({ window: WindowText })).query(async ({ ctx, input }) => {
  const atMs = ctx.now();
  const window = windowOf(input.window, atMs);
  const [rows, services, config, newestAtMs] = await Promise.all([
    topology(ctx.sql, window),
    ctx.config.listServices(),
    ctx.config.readMeshConfig(),
    newestSlotEnd(ctx.sql),
  ]);
  return {
    ...topologyView(rows, services, config.policies),
    atMs,
    newestAtMs,
  };
});
