import { WindowText } from "@weir/domain";
import { z } from "zod";
import { allNodeSignals, topology } from "../store.ts";
import { chartWindow } from "../topology/chart-window.ts";
import { topologyView } from "../topology/topology-view.ts";
import { publicProcedure } from "../trpc.ts";

/** Every service with its golden signals over the window, their course, its versions and its mode. */
export const list = publicProcedure.input(z.object({ window: WindowText })).query(async ({ ctx, input }) => {
  const window = chartWindow(input.window, ctx.now());
  const [rows, signals, services, config] = await Promise.all([
    topology(ctx.sql, window),
    allNodeSignals(ctx.sql, window, window.slots),
    ctx.config.listServices(),
    ctx.config.readMeshConfig(),
  ]);
  const signalsOf = new Map(signals.map((own) => [`${own.namespace}/${own.service}`, own]));
  return topologyView(rows, services, config.policies)
    .nodes.filter((node) => node.kind !== "outside")
    .map((node) => {
      const own = signalsOf.get(node.id);
      return {
        ...node,
        p50: own?.whole.p50,
        p95: own?.whole.p95,
        p99: own?.whole.p99,
        course: own?.slots.map((slot) => slot.requests) ?? [],
      };
    });
});
