import type { Hello, Workload } from "@weir/domain";
import { changeInTransaction } from "./change-config.ts";
import type { ConfigDatabase, Transaction } from "./config-database.ts";
import { notifyEndpoints } from "./notify.ts";

export interface Lease {
  readonly controllerId: string;
  readonly leaseMs: number;
}

/**
 * Makes a sidecar known and leases its endpoint. A service seen for the first time is a change of the config
 * (the mesh has one more), with an audit entry of its own, and its stable version is the one it is seen with: a
 * version that registers later takes no traffic by itself, however it sorts.
 */
export function registerSidecar(database: ConfigDatabase, hello: Hello, lease: Lease): Promise<void> {
  return database.write(async (transaction) => {
    await transaction.$queryRaw`SELECT 1 FROM sidecar WHERE proxy_id = ${hello.proxyId} FOR UPDATE`; // see leases.ts
    const workloadId =
      (await findWorkload(transaction, hello.workload)) ??
      (await createWorkload(transaction, hello.workload, hello.proxyId));
    await upsertSidecar(transaction, workloadId, hello, lease);
    if (await replaceEndpoint(transaction, workloadId, hello, lease)) await notifyEndpoints(transaction);
  });
}

async function findWorkload(
  transaction: Transaction,
  { namespace, service, version }: Workload,
): Promise<number | undefined> {
  const [row] = await transaction.$queryRaw<{ id: number }[]>`
    UPDATE workload w SET last_seen = now()
    FROM service s JOIN namespace n ON n.id = s.namespace_id
    WHERE s.id = w.service_id AND n.name = ${namespace} AND s.name = ${service} AND w.version = ${version}
    RETURNING w.id`;
  return row?.id;
}

/** Under the config's lock, so that two sidecars of a new service don't both make it. */
function createWorkload(transaction: Transaction, workload: Workload, proxyId: string): Promise<number> {
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

async function upsertSidecar(
  transaction: Transaction,
  workloadId: number,
  { proxyId, inboundAddress, zone, release }: Hello,
  { controllerId, leaseMs }: Lease,
): Promise<void> {
  await transaction.$executeRaw`
    INSERT INTO sidecar (proxy_id, workload_id, controller_id, address, zone, release, lease_until)
    VALUES (${proxyId}, ${workloadId}, ${controllerId}, ${inboundAddress ?? null}, ${zone ?? null}, ${release},
      now() + ${leaseMs} * interval '1 millisecond')
    ON CONFLICT (proxy_id) DO UPDATE SET
      workload_id = excluded.workload_id, controller_id = excluded.controller_id, address = excluded.address,
      zone = excluded.zone, release = excluded.release, lease_until = excluded.lease_until,
      connected = true, connected_at = now(), disconnected_at = NULL`;
}

/**
 * One process answers at one address, so whoever registers it takes it over, from its own earlier run as a rule.
 * @returns whether anybody else can see a difference.
 */
async function replaceEndpoint(
  transaction: Transaction,
  workloadId: number,
  { proxyId, inboundAddress: address, zone }: Hello,
  { leaseMs }: Lease,
): Promise<boolean> {
  if (address === undefined)
    return (await transaction.$executeRaw`DELETE FROM endpoint WHERE proxy_id = ${proxyId}`) > 0;
  const same = await transaction.$queryRaw<unknown[]>`
    SELECT 1 FROM endpoint
    WHERE address = ${address} AND workload_id = ${workloadId} AND zone IS NOT DISTINCT FROM ${zone ?? null}
      AND lease_until > now()`;
  const moved = await transaction.$executeRaw`
    DELETE FROM endpoint WHERE proxy_id = ${proxyId} AND address <> ${address}`;
  await transaction.$executeRaw`
    INSERT INTO endpoint (proxy_id, workload_id, address, zone, lease_until)
    VALUES (${proxyId}, ${workloadId}, ${address}, ${zone ?? null}, now() + ${leaseMs} * interval '1 millisecond')
    ON CONFLICT (address) DO UPDATE SET proxy_id = excluded.proxy_id, workload_id = excluded.workload_id,
      zone = excluded.zone, lease_until = excluded.lease_until`;
  return same.length === 0 || moved > 0;
}
