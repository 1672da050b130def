import { outsideMesh } from "@weir/domain";
import { topology } from "../store.ts";
import { publicProcedure } from "../trpc.ts";
import { envelope } from "./envelope.ts";
import { DependencyParameters } from "./parameters.ts";
import { ServiceNames } from "./service-names.ts";

const lookBackMs = 86_400_000;

/** `/dependencies`: who calls whom. Counted by metrics where there are any, so that it is not a sample of the calls. */
export const dependencies = publicProcedure.input(DependencyParameters).query(async ({ ctx, input }) => {
  const toMs = input.endTs ?? ctx.now();
  const { nodes, edges } = await topology(ctx.sql, { fromMs: toMs - (input.lookback ?? lookBackMs), toMs });
  const names = new ServiceNames(nodes);
  return envelope(
    edges
      .filter(
        ({ source }) => source.namespace !== outsideMesh.namespace || source.service !== outsideMesh.service,
      )
      .map(({ source, destination, requests }) => ({
        parent: names.textOf(source),
        child: names.textOf(destination),
        callCount: requests,
      })),
  );
});
