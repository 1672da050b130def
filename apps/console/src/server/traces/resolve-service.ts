import { TRPCError } from "@trpc/server";
import type { Window } from "@weir/domain";
import type { ServiceName, Sql } from "@weir/store";
import { z } from "zod";
import { serviceOperations } from "../store.ts";

/** A service as people name it: without a namespace where only one has it. */
export const ServiceRef = z.object({
  namespace: z.string().max(300).optional(),
  service: z.string().max(300),
});
export type ServiceRef = z.infer<typeof ServiceRef>;

/**
 * The full name. Of several services of one name none is guessed at: BAD_REQUEST names them. One that left no
 * spans in the window keeps an empty namespace, and nothing is found.
 */
export async function resolveService(sql: Sql, window: Window, ref: ServiceRef): Promise<ServiceName> {
  const { namespace, service } = ref;
  if (namespace !== undefined) return { namespace, service };
  const known = await serviceOperations(sql, window);
  const named = known.filter((one) => one.service === service);
  if (named.length <= 1) return { namespace: named[0]?.namespace ?? "", service };
  const names = named.map((one) => `${one.namespace}/${service}`).join(", ");
  throw new TRPCError({
    code: "BAD_REQUEST",
    message: `several services are called ${service}: say which of ${names}`,
  });
}
