import { setTimeout } from "node:timers/promises";
import type { ServiceName } from "@weir/store";
import type { Resources } from "../resources.ts";
import { knowsService } from "../store.ts";

type Stores = Pick<Resources, "config" | "sql">;

/** The status of a page is not worth a longer wait, in milliseconds. */
const mostMs = 3_000;

/**
 * Is there a service of that name, by a sidecar's word or by telemetry's? Where that cannot be told, or not soon, the
 * answer is yes: the page comes, and says by itself what is the matter.
 */
export function isKnownService({ config, sql }: Stores, service: ServiceName): Promise<boolean> {
  const known = async () => (await isRegistered(config, service)) || (await knowsService(sql, service));
  return orYes(known());
}

/** The same of services with a sidecar alone: only they have canaries. */
export function isRegisteredService({ config }: Pick<Stores, "config">, service: ServiceName) {
  return orYes(isRegistered(config, service));
}

async function isRegistered(config: Stores["config"], { namespace, service }: ServiceName): Promise<boolean> {
  const all = await config.listServices();
  return all.some((one) => one.namespace === namespace && one.name === service);
}

function orYes(answer: Promise<boolean>): Promise<boolean> {
  return Promise.race([answer, setTimeout(mostMs, true, { ref: false })]).catch(() => true);
}
