import { WindowLength } from "@weir/domain";
import { z } from "zod";
import { nodeSeries, topology } from "../store.ts";
import { chartSlots, chartWindow } from "../topology/chart-window.ts";
import { topologyView } from "../topology/topology-view.ts";
import { publicProcedure } from "../trpc.ts";

/** Every service with its golden signals over the window, their course, its versions and its mode. */
export const list = publicProcedure
  .input(z.object({ window: WindowLength }))
  .query(async ({ ctx, input }) => {
    const window = chartWindow(input.window, ctx.now());
    const [rows, services, config] = await Promise.all([
      topology(ctx.sql, window),
      ctx.config.listServices(),
      ctx.config.readMeshConfig(),
    ]);
    const { nodes } = topologyView(rows, services, config.policies);
    return Promise.all(
      nodes
        .filter((node) => node.kind !== "outside")
        .map(async (node) => {
          const service = { namespace: node.namespace, service: node.name };
          const [slots, whole] =
            node.requests === 0
              ? [[], []]
              : await Promise.all([
                  nodeSeries(ctx.sql, service, window, chartSlots[input.window]),
                  nodeSeries(ctx.sql, service, window, 1),
                ]);
          return {
            ...node,
            p50: whole[0]?.p50,
            p95: whole[0]?.p95,
            p99: whole[0]?.p99,
            course: slots.map((slot) => slot.requests),
          };
        }),
    );
  });
