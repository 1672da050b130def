import { bucketLowerBound, histogramCount, quantile } from "@weir/domain";
import type { Heatmap as StoredHeatmap } from "@weir/store";
import { z } from "zod";
import { edgeHeatmap, nodeHeatmap } from "../store.ts";
import { publicProcedure } from "../trpc.ts";
import { countParameter } from "./count-parameter.ts";
import type { Operation } from "./operation.ts";
import { LatencyShape, latencyShape, ServiceParameter } from "./shapes.ts";
import { timeText, WindowShape, windowOf, windowParameters, windowShape } from "./time-window.ts";

const HeatmapQuery = z.strictObject({
  ...windowParameters,
  service: ServiceParameter.meta({
    description: "`namespace/name` of the service at which requests arrived.",
    example: "shop/payments",
  }),
  caller: ServiceParameter.optional().meta({
    description: "Only requests of this service; without it those of all.",
    example: "shop/checkout",
  }),
  columns: countParameter({ most: 500, unlessTold: 60 }).meta({
    description: "About so many; fewer where a column would be shorter than 10 s.",
  }),
});

const Bucket = z
  .object({
    index: z.int(),
    fromSeconds: z.number().meta({ description: "Exclusive." }),
    toSeconds: z.number().meta({ description: "Inclusive." }),
  })
  .meta({ id: "HeatmapBucket" });

const Column = z
  .object({
    start: z.iso.datetime(),
    seconds: z
      .number()
      .meta({ description: "As much of it as the data tell about: what counts are divided by for a rate." }),
    requests: z.number(),
    latencySeconds: LatencyShape,
    cells: z.array(z.object({ bucket: z.int(), count: z.number() })),
  })
  .meta({ id: "HeatmapColumn" });

const Heatmap = z
  .object({
    window: WindowShape,
    stepSeconds: z.number().meta({ description: "Width of a column." }),
    buckets: z.array(Bucket).meta({ description: "Those that a cell names, ascending; 16 to a doubling." }),
    columns: z
      .array(Column)
      .meta({ description: "In the order of time; those without requests are there too." }),
  })
  .meta({ id: "Heatmap" });

const procedure = publicProcedure
  .input(HeatmapQuery)
  .output(Heatmap)
  .query(async ({ ctx, input }) => {
    const window = windowOf(input, ctx.now());
    const { service, caller, columns } = input;
    const stored = caller
      ? await edgeHeatmap(ctx.sql, { source: caller, destination: service }, window, columns)
      : await nodeHeatmap(ctx.sql, service, window, columns);
    return { window: windowShape(window), ...heatmapShape(stored) };
  });

/** Latency over time. */
export const heatmap: Operation = {
  path: "/heatmap",
  operationId: "heatmap",
  summary: "Requests by time and latency, of a service or of one caller of it.",
  description: "Counts are exact; a service without requests has columns without cells.",
  query: HeatmapQuery,
  answer: Heatmap,
  procedure,
};

function heatmapShape({ stepMs, columns }: StoredHeatmap): Omit<z.infer<typeof Heatmap>, "window"> {
  const indexes = new Set(columns.flatMap(({ cells }) => cells.indexes));
  return {
    stepSeconds: stepMs / 1_000,
    buckets: [...indexes]
      .sort((a, b) => a - b)
      .map((index) => ({
        index,
        fromSeconds: bucketLowerBound(index),
        toSeconds: bucketLowerBound(index + 1),
      })),
    columns: columns.map(({ atMs, seconds, cells }) => ({
      start: timeText(atMs),
      seconds,
      requests: histogramCount(cells),
      latencySeconds: latencyShape({
        p50: quantile(cells, 0.5),
        p95: quantile(cells, 0.95),
        p99: quantile(cells, 0.99),
      }),
      cells: cells.indexes.map((bucket, i) => ({ bucket, count: cells.counts[i] ?? 0 })),
    })),
  };
}
