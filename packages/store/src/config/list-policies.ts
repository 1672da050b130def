import { resolveMode } from "@weir/domain";
import type { ConfigDatabase } from "./config-database.ts";
import type { PolicyRevision, StoredPolicy } from "./config-store.ts";
import { readConfigIn } from "./read-mesh-config.ts";
import { parseStoredPolicy } from "./stored-policy.ts";

/** In the order of namespace and name, each with the mode it has now. */
export function listPolicies(database: ConfigDatabase): Promise<StoredPolicy[]> {
  return database.readAtOnce(async (transaction) => {
    const { mesh, namespaces, services, policies } = await readConfigIn(transaction);
    const heads = await transaction.policy.findMany({
      where: { deleted: false },
      select: { namespace: true, name: true, changedAt: true, changedBy: true },
    });
    return policies.map((policy): StoredPolicy => {
      const isOwn = ({ namespace, name }: { namespace: string; name: string }) =>
        namespace === policy.namespace && name === policy.name;
      const target = services.find((s) => s.namespace === policy.namespace && s.name === policy.targetRef);
      const head = heads.find(isOwn);
      return {
        policy,
        resolvedMode: resolveMode({
          hold: mesh.hold,
          mesh: mesh.mode,
          namespace: namespaces.find((n) => n.name === policy.namespace)?.mode,
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
  namespace: string,
  name: string,
): Promise<StoredPolicy | undefined> {
  const all = await listPolicies(database);
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
