import { serviceIdText, type Window } from "@weir/domain";
import type { ServiceSummary } from "@weir/store";
import { z } from "zod";
import { MeshName } from "../bounded-text.ts";
import { decisionsByEdge, newestSlotEnd, topology } from "../store.ts";
import { withMarks } from "../topology/map-marks.ts";
import { type MapEdge, type ServiceNode, type ServiceView, topologyView } from "../topology/topology-view.ts";
import { type Context, publicProcedure } from "../trpc.ts";
import { HealthShape, healthShape } from "./health.ts";
import { MarksShape, marksShape } from "./marks.ts";
import type { Operation } from "./operation.ts";
import { LatencyShape, latencyShape, nodeShape, shareOf, trafficShape } from "./shapes.ts";
import { timeText, WindowShape, windowOf, windowParameters, windowShape } from "./time-window.ts";

const GraphQuery = z.strictObject({
  ...windowParameters,
  namespace: MeshName.optional().meta({
    description: "Only edges with an end in this namespace, and their ends.",
    example: "shop",
  }),
});

const GraphNode = z.object(nodeShape).meta({ id: "GraphNode" });

const GraphEdge = z
  .object({
    id: z.string().meta({ description: "`source~target`." }),
    source: z.string().meta({ description: "Id of the node that called." }),
    target: z.string(),
    ...trafficShape,
    health: HealthShape,
    marks: MarksShape,
    latencySeconds: LatencyShape,
    requestBytes: z.number(),
    responseBytes: z.number(),
    protocol: z.string().meta({ description: "That of most requests." }),
    evidence: z.enum(["metrics", "spans"]).meta({
      description:
        "Where the numbers come from: metrics count every request, spans tell where metrics tell nothing.",
    }),
    sampled: z.boolean().meta({ description: "Of spans only: there were more requests than these." }),
    byVersion: z.array(
      z.object({
        version: z.string().meta({ description: "That was reached; empty where none was chosen." }),
        requests: z.number(),
        errors: z.number(),
        latencySeconds: LatencyShape,
      }),
    ),
  })
  .meta({ id: "GraphEdge" });

const Graph = z
  .object({
    window: WindowShape,
    newestAt: z.iso
      .datetime()
      .nullable()
      .meta({ description: "End of the newest interval that was reported at all; null before the first." }),
    nodes: z.array(GraphNode),
    edges: z.array(GraphEdge),
  })
  .meta({ id: "Graph" });

const procedure = publicProcedure
  .input(GraphQuery)
  .output(Graph)
  .query(async ({ ctx, input }) => {
    const window = windowOf(input, ctx.now());
    const [view, newestAtMs] = await Promise.all([readGraph(ctx, window), newestSlotEnd(ctx.sql)]);
    const { nodes, edges } = within(input.namespace, view);
    return {
      window: windowShape(window),
      newestAt: newestAtMs === undefined ? null : timeText(newestAtMs),
      nodes: nodes.map(graphNode),
      edges: edges.map(graphEdge),
    };
  });

/** The map of a window. */
export const graph: Operation = {
  path: "/graph",
  operationId: "graph",
  summary: "The map of a window: who called whom, how often, how well.",
  description:
    "Every service that registered, with or without traffic, and every end of an edge that was measured; ordered by id.",
  query: GraphQuery,
  answer: Graph,
  procedure,
};

/** The map of services in a window, with what policies do on it. */
export async function readGraph({ sql, config }: Context, window: Window): Promise<ServiceView> {
  const [rows, decisions, services, { policies }] = await Promise.all([
    topology(sql, window),
    decisionsByEdge(sql, window),
    config.listServices(),
    config.readMeshConfig(),
  ]);
  return withMarks(topologyView(rows, services, policies), decisions, policies, services, serviceIdText);
}

/** A part of a map: the edges with an end in the namespace, and the nodes that are in it or at one of those. */
function within(namespace: string | undefined, { nodes, edges }: ServiceView) {
  if (namespace === undefined) return { nodes, edges };
  const inside = new Set(nodes.filter((node) => node.namespace === namespace).map((node) => node.id));
  const kept = edges.filter((edge) => inside.has(edge.source) || inside.has(edge.target));
  const ends = new Set(kept.flatMap((edge) => [edge.source, edge.target]));
  return { nodes: nodes.filter((node) => inside.has(node.id) || ends.has(node.id)), edges: kept };
}

/** A node of the map in the names of the API, which stay when those of the map move on. */
export function graphNode(node: ServiceNode): z.infer<typeof GraphNode> {
  return {
    id: node.id,
    namespace: node.namespace,
    name: node.name,
    kind: node.kind,
    mode: modeShape(node.mode),
    stableVersion: node.stableVersion ?? null,
    requests: node.requests,
    errors: node.errors,
    rps: node.rps,
    errorShare: shareOf(node.errors, node.requests),
    health: healthShape(node),
    marks: marksShape(node.marks),
    versions: node.versions.map(({ version, ready, requests, errors, share, wanted }) => ({
      ...{ version, ready, requests, errors },
      share: share ?? null,
      wantedShare: wanted ?? null,
    })),
  };
}

function modeShape(mode: ServiceSummary["resolvedMode"] | undefined) {
  return mode ? { mode: mode.mode, origin: mode.origin } : null;
}

function graphEdge(edge: MapEdge): z.infer<typeof GraphEdge> {
  return {
    id: edge.id,
    source: edge.source,
    target: edge.target,
    requests: edge.requests,
    errors: edge.errors,
    rps: edge.rps,
    errorShare: shareOf(edge.errors, edge.requests),
    health: healthShape(edge),
    marks: marksShape(edge.marks),
    latencySeconds: latencyShape(edge),
    requestBytes: edge.requestBytes,
    responseBytes: edge.responseBytes,
    protocol: edge.protocol,
    evidence: edge.evidence,
    sampled: edge.sampled,
    byVersion: edge.byVersion.map(({ version, requests, errors, ...latency }) => ({
      ...{ version, requests, errors },
      latencySeconds: latencyShape(latency),
    })),
  };
}
