import { type MeshConfig, maxWindowMs, type Window, WindowText, windowOf } from "@weir/domain";
import type { ServiceSummary, Sql } from "@weir/store";
import { z } from "zod";
import { decisionsByEdge, mergedTopology, newestSlotEnd, topology } from "../store.ts";
import { publicProcedure } from "../trpc.ts";
import { withMarks } from "./map-marks.ts";
import { mergedView } from "./merged-view.ts";
import { packMap } from "./packed-map.ts";
import { MapBy, Places } from "./places.ts";
import { type MapView, topologyView } from "./topology-view.ts";

const GetMap = z.object({
  window: WindowText,
  /** The window so many milliseconds earlier, to compare it with. */
  agoMs: z.number().min(0).max(maxWindowMs).optional(),
  /** What a node stands for. */
  by: MapBy.default("service"),
  /** Namespaces that are the other way: opened by namespace, collapsed in the other views. */
  toggled: z.array(z.string().max(253)).max(1_000).default([]),
});

/** The map of a window: services with their versions and modes, edges with rate, errors and latency. Read it with `unpackMap`. */
export const get = publicProcedure
  .input(GetMap)
  .query(async ({ ctx, input: { window: text, agoMs = 0, by, toggled } }) => {
    const atMs = ctx.now();
    const { fromMs, toMs } = windowOf(text, atMs);
    const window = { fromMs: fromMs - agoMs, toMs: toMs - agoMs };
    const places = new Places(by, toggled);
    const [toView, decisions, services, config, newestAtMs] = await Promise.all([
      readMap(ctx.sql, window, places),
      decisionsByEdge(ctx.sql, window),
      ctx.config.listServices(),
      ctx.config.readMeshConfig(),
      newestSlotEnd(ctx.sql),
    ]);
    const { policies } = config;
    const view = withMarks(toView(services, policies), decisions, policies, services, (end) =>
      places.idOf(end),
    );
    return packMap({ ...view, atMs, newestAtMs });
  });

type ToView = (services: readonly ServiceSummary[], policies: MeshConfig["policies"]) => MapView;

/** @returns what makes the view of what was read. */
async function readMap(sql: Sql, window: Window, places: Places): Promise<ToView> {
  if (places.arePlain) {
    const rows = await topology(sql, window);
    return (services, policies) => topologyView(rows, services, policies);
  }
  const rows = await mergedTopology(sql, window, (end) => places.of(end).id);
  return (services, policies) => mergedView(rows, services, policies, places);
}
