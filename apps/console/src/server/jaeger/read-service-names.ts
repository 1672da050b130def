import { serviceOperations } from "../store.ts";
import type { Context } from "../trpc.ts";
import { ServiceNames } from "./service-names.ts";

/** Jaeger lists what its storage still has: longer ago than this, spans are seldom kept. */
const listedMs = 7 * 86_400_000;

/** Services that left spans, with their operations. */
export function readOperations({ sql, now }: Context) {
  return serviceOperations(sql, { fromMs: now() - listedMs, toMs: now() });
}

export async function readServiceNames(context: Context): Promise<ServiceNames> {
  return new ServiceNames(await readOperations(context));
}
