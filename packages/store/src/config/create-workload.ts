import type { Workload } from "@weir/domain";
import { changeInTransaction } from "./change-config.ts";
import type { Transaction } from "./config-database.ts";

/** The id of a workload that was new. Under the config's lock, so that two sidecars of a new service don't both make it. */
export function createWorkload(
  transaction: Transaction,
  workload: Workload,
  proxyId: string,
): Promise<number> {
  const { namespace, service, version } = workload;
  const change = { author: `sidecar ${proxyId}`, reason: "registered for the first time" };
  return changeInTransaction(transaction, change, async ({ record }) => {
    const { id: namespaceId } = await transaction.namespace.upsert({
      where: { name: namespace },
      create: { name: namespace },
      update: {},
    });
    const key = { namespaceId, name: service };
    const known = await transaction.service.findUnique({
      where: { namespaceId_name: key },
      include: { _count: { select: { workloads: true } } },
    });
    const row = known ?? (await transaction.service.create({ data: { ...key, stableVersion: version } }));
    const subject = `service/${namespace}/${service}`;
    if (!known) {
      const after = { namespace, name: service, stableVersion: version };
      record({ action: "service.discovered", subject, before: undefined, after });
    } else if (known.stableVersion === null && known._count.workloads === 0) {
      await transaction.service.update({ where: { id: known.id }, data: { stableVersion: version } });
      record({ action: "service.stableVersion", subject, before: undefined, after: version });
    }
    const workloadKey = { serviceId: row.id, version };
    const { id } = await transaction.workload.upsert({
      where: { serviceId_version: workloadKey },
      create: workloadKey,
      update: {},
    });
    return id;
  });
}
