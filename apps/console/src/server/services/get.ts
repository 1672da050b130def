import { TRPCError } from "@trpc/server";
import { serviceIdText, windowOf } from "@weir/domain";
import type { SentAndArrived } from "@weir/store";
import { knowsService, newestSlotEnd, sentAndArrived, topology } from "../store.ts";
import { topologyView } from "../topology/topology-view.ts";
import { publicProcedure } from "../trpc.ts";
import { OfService } from "./of-service.ts";

type View = ReturnType<typeof topologyView>;
export type ServiceNode = View["nodes"][number];

/** An edge of the service's, with what stands at its other end. */
export type Neighbour = View["edges"][number] & {
  readonly other: Pick<ServiceNode, "id" | "namespace" | "name" | "kind">;
};

/** A caller, and its requests as both sides count them; see the store's `sentAndArrived`. */
export type Caller = Neighbour & Partial<Pick<SentAndArrived, "sent" | "arrived">>;

/** One service: what it is, how it does, its versions, who calls it and whom it calls. */
export const get = publicProcedure
  .input(OfService)
  .query(async ({ ctx, input: { service, window: text } }) => {
    const atMs = ctx.now();
    const window = windowOf(text, atMs);
    const [rows, services, config, newestAtMs, counts] = await Promise.all([
      topology(ctx.sql, window),
      ctx.config.listServices(),
      ctx.config.readMeshConfig(),
      newestSlotEnd(ctx.sql),
      sentAndArrived(ctx.sql, service, window),
    ]);
    const view = topologyView(rows, services, config.policies);
    const id = serviceIdText(service);
    const node = view.nodes.find((candidate) => candidate.id === id);
    if (!node && !(await knowsService(ctx.sql, service)))
      throw new TRPCError({ code: "NOT_FOUND", message: `no service ${id} is known` });
    const others = new Map(
      view.nodes.map(({ id, namespace, name, kind }) => [id, { id, namespace, name, kind }]),
    );
    const neighbours = (own: "source" | "target", other: "source" | "target"): Neighbour[] =>
      view.edges
        .filter((edge) => edge[own] === id)
        .flatMap((edge) => {
          const found = others.get(edge[other]);
          return found ? [{ ...edge, other: found }] : [];
        });
    return {
      node: node ?? silent(service),
      callers: neighbours("target", "source").map((edge) => withCounts(edge, counts)),
      callees: neighbours("source", "target"),
      ...{ atMs, newestAtMs },
    };
  });

function withCounts(edge: Neighbour, counts: readonly SentAndArrived[]): Caller {
  const { namespace, name } = edge.other;
  const own = counts.find(({ source }) => source.namespace === namespace && source.service === name);
  return { ...edge, sent: own?.sent, arrived: own?.arrived };
}

/** Telemetry told of it once, but not in this window. */
function silent({ namespace, service }: { namespace: string; service: string }): ServiceNode {
  return {
    ...{ id: serviceIdText({ namespace, service }), namespace, name: service, kind: "seen", versions: [] },
    ...{ requests: 0, errors: 0, clientErrors: 0, grpcErrors: 0, rps: 0 },
  };
}
