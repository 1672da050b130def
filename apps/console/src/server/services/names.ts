import { knownServices } from "../store.ts";
import { publicProcedure } from "../trpc.ts";

/** Every known service by name, for lists to choose from: those with a sidecar, and those telemetry told of. */
export const names = publicProcedure.query(async ({ ctx }) => {
  const [registered, seen] = await Promise.all([ctx.config.listServices(), knownServices(ctx.sql)]);
  const all = new Map(registered.map(({ namespace, name }) => [`${namespace}/${name}`, { namespace, name }]));
  for (const { namespace, service } of seen) all.set(`${namespace}/${service}`, { namespace, name: service });
  return [...all.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, service]) => service);
});
