import { modeSources, resolveMode } from "@weir/domain";
import { publicProcedure } from "../trpc.ts";
import { beginCounts } from "./begin-counts.ts";

/** The mode of the mesh, of each namespace and of each service, with the level that decided it, and what each switch begins. */
export const state = publicProcedure.query(async ({ ctx }) => {
  const config = await ctx.config.readMeshConfig();
  const sourcesOf = modeSources(config);
  const counts = beginCounts(config);
  return {
    ...{ mode: config.mesh.mode, hold: config.mesh.hold },
    /** Policies that begin to act when the mesh is set to enforce. */
    begins: counts.mesh,
    namespaces: config.namespaces.map(({ name, mode }) => ({
      ...{ name, own: mode ?? null, ...counts.namespace(name) },
    })),
    services: config.services.map(({ namespace, name, mode }) => ({
      ...{ namespace, name },
      /** Set on the service itself; absent: inherited. */
      own: mode ?? null,
      ...counts.service(namespace, name),
      ...resolveMode(sourcesOf(namespace, name)),
    })),
  };
});
