import { resolveMode } from "@weir/domain";
import type { ConfigDatabase } from "./config-database.ts";
import type { PolicyRevision, StoredPolicy } from "./config-store.ts";
import type { PolicyMemory } from "./policy-memory.ts";
import { readConfigIn } from "./read-mesh-config.ts";
import { parseStoredPolicy } from "./stored-policy.ts";

/** In the order of namespace and name, each with the mode it has now. */
export function listPolicies(database: ConfigDatabase, memory: PolicyMemory): Promise<StoredPolicy[]> {
  return database.readAtOnce(async (transaction) => {
    const { mesh, namespaces, services, policies } = await readConfigIn(transaction, memory);
    const heads = await transaction.policy.findMany({
      where: { deleted: false },
      select: { namespace: true, name: true, changedAt: true, changedBy: true },
    });
    const key = (namespace: string, name: string) => `${namespace}/${name}`;
    const headOf = new Map(heads.map((head) => [key(head.namespace, head.name), head]));
    const serviceOf = new Map(services.map((service) => [key(service.namespace, service.name), service]));
    const modeOf = new Map(namespaces.map(({ name, mode }) => [name, mode]));
    return policies.map((policy): StoredPolicy => {
      const target = serviceOf.get(key(policy.namespace, policy.targetRef));
      const head = headOf.get(key(policy.namespace, policy.name));
      return {
        policy,
        resolvedMode: resolveMode({
          hold: mesh.hold,
          mesh: mesh.mode,
          namespace: modeOf.get(policy.namespace),
          service: target?.mode,
          policy: policy.mode,
        }),
        changedAt: head?.changedAt ?? new Date(0),
        changedBy: head?.changedBy ?? "",
      };
    });
  });
}

export async function getPolicy(
  database: ConfigDatabase,
  memory: PolicyMemory,
  namespace: string,
  name: string,
): Promise<StoredPolicy | undefined> {
  const all = await listPolicies(database, memory);
  return all.find(({ policy }) => policy.namespace === namespace && policy.name === name);
}

export function policyRevisions(
  database: ConfigDatabase,
  namespace: string,
  name: string,
): Promise<PolicyRevision[]> {
  return database.query(async (prisma) => {
    const rows = await prisma.policyRevision.findMany({
      where: { policy: { namespace, name } },
      orderBy: { revision: "desc" },
    });
    return rows.map(({ revision, spec, author, reason, configRevision, createdAt }) => ({
      ...{ revision, author, configRevision, createdAt },
      policy: spec === null ? undefined : parseStoredPolicy(spec, revision),
      reason: reason ?? undefined,
    }));
  });
}
