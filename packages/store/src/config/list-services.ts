import { compareVersions, type KnownService, resolveMode, stableVersionOf } from "@weir/domain";
import type { ConfigDatabase, Transaction } from "./config-database.ts";
import type { ServiceSummary } from "./config-store.ts";
import type { PolicyMemory } from "./policy-memory.ts";
import { readConfigIn } from "./read-mesh-config.ts";

/**
 * Every service with the versions people may think of: seen within 24 hours or reachable now. Older ones stay
 * in the database and may still be named by a policy, but nobody wants to choose from last month's builds.
 */
export function listServices(database: ConfigDatabase, memory: PolicyMemory): Promise<ServiceSummary[]> {
  return database.readAtOnce(async (transaction) => {
    const config = await readConfigIn(transaction, memory);
    const workloads = await readWorkloads(transaction);
    const modes = new Map(config.namespaces.map(({ name, mode }) => [name, mode]));
    return config.services.map((service): ServiceSummary => {
      const own = workloads.filter((w) => w.namespace === service.namespace && w.service === service.name);
      const readyVersions = own.filter((w) => w.ready).map((w) => w.version);
      const versions = new Set(own.filter((w) => w.ready || w.recent).map((w) => w.version));
      if (service.stableVersion !== undefined) versions.add(service.stableVersion);
      return {
        ...service,
        versions: [...versions].sort(compareVersions),
        readyVersions: readyVersions.sort(compareVersions),
        resolvedMode: resolveMode({
          ...config.mesh,
          mesh: config.mesh.mode,
          namespace: modes.get(service.namespace),
          service: service.mode,
        }),
        stableVersionInForce: stableVersionOf(service.stableVersion, readyVersions),
      };
    });
  });
}

export interface KnownWorkload {
  readonly namespace: string;
  readonly service: string;
  readonly version: string;
  /** It has a live endpoint. */
  readonly ready: boolean;
  /** Seen within 24 hours. */
  readonly recent: boolean;
}

/** Every workload there ever was. */
export function readWorkloads(transaction: Transaction): Promise<KnownWorkload[]> {
  return transaction.$queryRaw<KnownWorkload[]>`
    SELECT n.name AS namespace, s.name AS service, w.version,
      EXISTS (SELECT 1 FROM endpoint e WHERE e.workload_id = w.id AND e.lease_until > now()) AS ready,
      w.last_seen > now() - interval '24 hours' AS recent
    FROM workload w JOIN service s ON s.id = w.service_id JOIN namespace n ON n.id = s.namespace_id`;
}

/** Every service with every version there ever was, as policies are judged by. */
export async function readKnownServices(transaction: Transaction): Promise<KnownService[]> {
  const services = await transaction.service.findMany({ include: { namespace: true } });
  const workloads = await readWorkloads(transaction);
  return services.map((service): KnownService => {
    const own = workloads.filter((w) => w.service === service.name && w.namespace === service.namespace.name);
    return {
      namespace: service.namespace.name,
      name: service.name,
      versions: own.map((w) => w.version),
      readyVersions: own.filter((w) => w.ready).map((w) => w.version),
    };
  });
}
