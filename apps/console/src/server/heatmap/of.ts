import { quantile } from "@weir/domain";
import type { HeatmapColumn } from "@weir/store";
import { z } from "zod";
import { edgeHeatmap, nodeHeatmap } from "../store.ts";
import { chartWindow } from "../topology/chart-window.ts";
import { publicProcedure } from "../trpc.ts";
import { Subject } from "./subject.ts";

/** Quantiles in seconds; absent where there were no requests. */
const Column = z.object({
  atMs: z.number(),
  /** Histogram buckets (base-2 exponential, scale 4: 16 to a doubling), ascending, and the requests in each. */
  buckets: z.array(z.int()),
  counts: z.array(z.number()),
  p50: z.number().optional(),
  p95: z.number().optional(),
  p99: z.number().optional(),
});
export type Column = z.infer<typeof Column>;

const Heatmap = z.object({
  stepMs: z.number(),
  /** In the order of time; those without requests are there too. */
  columns: z.array(Column),
});
export type Heatmap = z.infer<typeof Heatmap>;

/** Requests by time and latency. Counts are exact. */
export const of = publicProcedure
  .input(Subject)
  .output(Heatmap)
  .query(async ({ ctx, input: { destination, source, window: length } }) => {
    const window = chartWindow(length, ctx.now());
    const { stepMs, columns } = source
      ? await edgeHeatmap(ctx.sql, { source, destination }, window, window.slots)
      : await nodeHeatmap(ctx.sql, destination, window, window.slots);
    return { stepMs, columns: columns.map(columnOf) };
  });

function columnOf({ atMs, cells }: HeatmapColumn): Column {
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((q) => quantile(cells, q));
  return { ...{ atMs, p50, p95, p99 }, buckets: [...cells.indexes], counts: [...cells.counts] };
}
