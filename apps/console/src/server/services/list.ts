import { serviceIdText, WindowText } from "@weir/domain";
import { z } from "zod";
import { serviceArrivals } from "../store.ts";
import { chartWindow } from "../topology/chart-window.ts";
import { topologyView } from "../topology/topology-view.ts";
import { publicProcedure } from "../trpc.ts";

/** Intervals of a course, about: as many as a line of a finger's width shows. */
const courseSlots = 20;

/** Every service with its golden signals over the window, their course, its versions and its mode. */
export const list = publicProcedure.input(z.object({ window: WindowText })).query(async ({ ctx, input }) => {
  const window = chartWindow(input.window, ctx.now());
  const [rows, services, config] = await Promise.all([
    serviceArrivals(ctx.sql, window, courseSlots),
    ctx.config.listServices(),
    ctx.config.readMeshConfig(),
  ]);
  const arrivals = new Map(rows.arrivals.map((own) => [serviceIdText(own), own]));
  return topologyView({ ...rows, edges: [] }, services, config.policies)
    .nodes.filter((node) => node.kind !== "outside")
    .map((node) => {
      const { requests, errors, clientErrors, grpcErrors, rps, ...own } = arrivals.get(node.id) ?? nothing;
      const { p50, p95, p99, course } = own;
      return { ...node, requests, errors, clientErrors, grpcErrors, rps, p50, p95, p99, course };
    });
});

const nothing = {
  ...{ requests: 0, errors: 0, clientErrors: 0, grpcErrors: 0, rps: 0, course: [] as readonly number[] },
  ...{ p50: undefined, p95: undefined, p99: undefined },
};
