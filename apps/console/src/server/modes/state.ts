import { resolveMode } from "@weir/domain";
import { publicProcedure } from "../trpc.ts";

/** The mode of the mesh and of each service, with the level that decided it. */
export const state = publicProcedure.query(async ({ ctx }) => {
  const config = await ctx.config.readMeshConfig();
  const services = config.services.map(({ namespace, name, mode }) => ({
    namespace,
    name,
    /** Set on the service itself; absent: inherited. */
    own: mode ?? null,
    ...resolveMode({
      hold: config.mesh.hold,
      mesh: config.mesh.mode,
      namespace: config.namespaces.find((n) => n.name === namespace)?.mode,
      service: mode,
    }),
  }));
  return { mode: config.mesh.mode, hold: config.mesh.hold, services };
});
