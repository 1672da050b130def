import { serviceIdText } from "@weir/domain";
import { knownServices } from "../store.ts";
import { publicProcedure } from "../trpc.ts";

/** Every known service by name, for lists to choose from: those with a sidecar, and those telemetry told of. */
export const names = publicProcedure.query(async ({ ctx }) => {
  const [registered, seen] = await Promise.all([ctx.config.listServices(), knownServices(ctx.sql)]);
  const all = new Map(
    registered.map(({ namespace, name }) => [
      serviceIdText({ namespace, service: name }),
      { namespace, name },
    ]),
  );
  for (const own of seen) all.set(serviceIdText(own), { namespace: own.namespace, name: own.service });
  return [...all.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, service]) => service);
});
