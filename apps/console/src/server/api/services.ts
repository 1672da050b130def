import { serviceIdText } from "@weir/domain";
import { z } from "zod";
import { MeshName, ServiceIdText } from "../bounded-text.ts";
import { serviceTotals } from "../store.ts";
import { publicProcedure } from "../trpc.ts";
import { countParameter } from "./count-parameter.ts";
import { graphNode, readGraph } from "./graph.ts";
import type { Operation } from "./operation.ts";
import { LatencyShape, latencyShape, nodeShape } from "./shapes.ts";
import { WindowShape, windowOf, windowParameters, windowShape } from "./time-window.ts";

const ServicesQuery = z.strictObject({
  ...windowParameters,
  namespace: MeshName.optional().meta({ description: "Only services of this namespace." }),
  limit: countParameter({ most: 1_000, unlessTold: 100 }),
  cursor: ServiceIdText.optional().meta({
    description: "`next` of the page before: services that come after it.",
  }),
});

const Service = z.object({ ...nodeShape, latencySeconds: LatencyShape }).meta({ id: "Service" });

const Services = z
  .object({
    window: WindowShape,
    services: z.array(Service),
    next: z.string().nullable().meta({ description: "Pass it as `cursor`; null on the last page." }),
  })
  .meta({ id: "Services" });

const procedure = publicProcedure
  .input(ServicesQuery)
  .output(Services)
  .query(async ({ ctx, input }) => {
    const window = windowOf(input, ctx.now());
    const [view, totals] = await Promise.all([readGraph(ctx, window), serviceTotals(ctx.sql, window)]);
    const latencies = new Map(totals.map((own) => [serviceIdText(own), own]));
    const { cursor = "", namespace, limit } = input;
    const found = view.nodes.filter(
      (node) =>
        node.kind !== "outside" &&
        node.id > cursor &&
        (namespace === undefined || node.namespace === namespace),
    );
    const page = found.slice(0, limit);
    return {
      window: windowShape(window),
      services: page.map((node) => ({
        ...graphNode(node),
        latencySeconds: latencyShape(latencies.get(node.id) ?? nothingMeasured),
      })),
      next: found.length > limit ? (page.at(-1)?.id ?? null) : null,
    };
  });

/** Services with their golden signals. */
export const services: Operation = {
  path: "/services",
  operationId: "services",
  summary: "Services with the golden signals of what arrived at them, ordered by id.",
  query: ServicesQuery,
  answer: Services,
  procedure,
};

const nothingMeasured = { p50: undefined, p95: undefined, p99: undefined };
