import { z } from "zod";
import { publicProcedure } from "../trpc.ts";
import { envelope } from "./envelope.ts";
import { ServiceText } from "./parameters.ts";
import { readOperations, readServiceNames } from "./read-service-names.ts";
import { ServiceNames } from "./service-names.ts";

/** `/services`: names for a form to choose from. */
export const services = publicProcedure.query(async ({ ctx }) => {
  const { all } = await readServiceNames(ctx);
  return envelope(all, { total: all.length });
});

const OfService = z.object({ service: ServiceText });

/** `/services/{service}/operations`: names alone. */
export const operationsOfService = publicProcedure.input(OfService).query(async ({ ctx, input }) => {
  const found = operationsIn(await readOperations(ctx), input.service);
  return envelope(found, { total: found.length });
});

/** `/operations`: with the kind of their spans, which is not kept by operation and so not told. */
export const operations = publicProcedure.input(OfService).query(async ({ ctx, input }) => {
  const found = operationsIn(await readOperations(ctx), input.service);
  return envelope(
    found.map((name) => ({ name, spanKind: "" })),
    { total: found.length },
  );
});

function operationsIn(services: Awaited<ReturnType<typeof readOperations>>, text: string): readonly string[] {
  const wanted = new ServiceNames(services).find(text);
  const own = services.find(
    ({ namespace, service }) => namespace === wanted?.namespace && service === wanted?.service,
  );
  return own?.operations ?? [];
}
