import { maxWindowMs, WindowText, windowOf } from "@weir/domain";
import { z } from "zod";
import { newestSlotEnd, topology } from "../store.ts";
import { publicProcedure } from "../trpc.ts";
import { topologyView } from "./topology-view.ts";

const GetMap = z.object({
  window: WindowText,
  /** The window so many milliseconds earlier, to compare it with. */
  agoMs: z.number().min(0).max(maxWindowMs).optional(),
});

/** The map of a window: services with their versions and modes, edges with rate, errors and latency. */
export const get = publicProcedure
  .input(GetMap)
  .query(async ({ ctx, input: { window: text, agoMs = 0 } }) => {
    const atMs = ctx.now();
    const { fromMs, toMs } = windowOf(text, atMs);
    const window = { fromMs: fromMs - agoMs, toMs: toMs - agoMs };
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
