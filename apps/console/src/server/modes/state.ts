import { modeSources, newlyEnforced, resolveMode } from "@weir/domain";
import { publicProcedure } from "../trpc.ts";

/** The mode of the mesh, of each namespace and of each service, with the level that decided it. */
export const state = publicProcedure.query(async ({ ctx }) => {
  const config = await ctx.config.readMeshConfig();
  const sourcesOf = modeSources(config);
  const followers = Map.groupBy(
    config.policies.filter(({ mode }) => mode === undefined),
    ({ namespace, targetRef }) => `${namespace}/${targetRef}`,
  );
  const services = config.services.map(({ namespace, name, mode }) => {
    const sources = sourcesOf(namespace, name);
    const observes = resolveMode({ ...sources, hold: false }).mode === "observe";
    return {
      ...{ namespace, name },
      /** Set on the service itself; absent: inherited. */
      own: mode ?? null,
      /** Policies that begin to act when it is set to enforce. */
      begins: observes ? (followers.get(`${namespace}/${name}`)?.length ?? 0) : 0,
      ...resolveMode(sources),
    };
  });
  return {
    ...{ mode: config.mesh.mode, hold: config.mesh.hold },
    /** The same of the mesh. */
    begins: newlyEnforced(config, { scope: "mesh" }).length,
    namespaces: config.namespaces.map(({ name, mode }) => ({ name, own: mode ?? null })),
    services,
  };
});
