import type { Hello, Workload } from "@weir/domain";
import type { ConfigDatabase, Transaction } from "./config-database.ts";
import { createWorkload } from "./create-workload.ts";
import { notifyEndpoints } from "./notify.ts";

export interface Lease {
  readonly controllerId: string;
  readonly leaseMs: number;
}

/**
 * Makes sidecars known and leases their endpoints, all of them or none. A service seen for the first time is a change
 * of the config (the mesh has one more), with an audit entry of its own, and its stable version is the one it is seen
 * with: a version that registers later takes no traffic by itself, however it sorts.
 *
 * Together, because after a restart all sidecars of a mesh come at once: one by one, each would wake every controller.
 */
export async function registerSidecars(
  database: ConfigDatabase,
  hellos: readonly Hello[],
  lease: Lease,
): Promise<void> {
  if (hellos.length === 0) return;
  await database.write(async (transaction) => {
    await transaction.$queryRaw`
      SELECT 1 FROM sidecar WHERE proxy_id = ANY(${hellos.map(({ proxyId }) => proxyId)})
      ORDER BY proxy_id FOR UPDATE`; // see leases.ts
    const workloads = await knownWorkloads(transaction, hellos);
    for (const { workload, proxyId } of hellos) {
      const key = keyOf(workload);
      if (!workloads.has(key)) workloads.set(key, await createWorkload(transaction, workload, proxyId));
    }
    const rows = hellos.map((hello) => ({ ...hello, workloadId: workloads.get(keyOf(hello.workload)) ?? 0 }));
    await upsertSidecars(transaction, rows, lease);
    if (await replaceEndpoints(transaction, rows, lease)) await notifyEndpoints(transaction);
  });
}

type Row = Hello & { readonly workloadId: number };

function keyOf({ namespace, service, version }: Workload): string {
  return JSON.stringify([namespace, service, version]);
}

async function knownWorkloads(
  transaction: Transaction,
  hellos: readonly Hello[],
): Promise<Map<string, number>> {
  const workloads = hellos.map(({ workload }) => workload);
  const found = await transaction.$queryRaw<(Workload & { id: number })[]>`
    SELECT w.id, n.name AS namespace, s.name AS service, w.version
    FROM workload w JOIN service s ON s.id = w.service_id JOIN namespace n ON n.id = s.namespace_id
    WHERE (n.name, s.name, w.version) IN (SELECT * FROM unnest(
      ${workloads.map(({ namespace }) => namespace)}::text[],
      ${workloads.map(({ service }) => service)}::text[],
      ${workloads.map(({ version }) => version)}::text[]))
    ORDER BY w.id FOR NO KEY UPDATE OF w`;
  await transaction.$executeRaw`
    UPDATE workload SET last_seen = now() WHERE id = ANY(${found.map(({ id }) => id)})`;
  return new Map(found.map((row) => [keyOf(row), row.id]));
}

async function upsertSidecars(
  transaction: Transaction,
  rows: readonly Row[],
  { controllerId, leaseMs }: Lease,
): Promise<void> {
  await transaction.$executeRaw`
    INSERT INTO sidecar (proxy_id, workload_id, controller_id, address, zone, release, lease_until)
    SELECT proxy_id, workload_id, ${controllerId}, address, zone, release,
      now() + ${leaseMs} * interval '1 millisecond'
    FROM unnest(
      ${rows.map(({ proxyId }) => proxyId)}::text[],
      ${rows.map(({ workloadId }) => workloadId)}::int[],
      ${rows.map(({ inboundAddress }) => inboundAddress ?? null)}::text[],
      ${rows.map(({ zone }) => zone ?? null)}::text[],
      ${rows.map(({ release }) => release)}::text[]) AS hello (proxy_id, workload_id, address, zone, release)
    ORDER BY proxy_id
    ON CONFLICT (proxy_id) DO UPDATE SET
      workload_id = excluded.workload_id, controller_id = excluded.controller_id, address = excluded.address,
      zone = excluded.zone, release = excluded.release, lease_until = excluded.lease_until,
      connected = true, connected_at = now(), disconnected_at = NULL`;
}

/**
 * One process answers at one address, so whoever registers it takes it over, from its own earlier run as a rule; of
 * two that come together, the later.
 * @returns whether anybody else can see a difference.
 */
async function replaceEndpoints(
  transaction: Transaction,
  rows: readonly Row[],
  { leaseMs }: Lease,
): Promise<boolean> {
  const byAddress = new Map(
    rows.flatMap((row) => (row.inboundAddress === undefined ? [] : [[row.inboundAddress, row]])),
  );
  const addresses = [...byAddress.keys()];
  const ids = [...byAddress.values()].map(({ proxyId }) => proxyId);
  const workloadIds = [...byAddress.values()].map(({ workloadId }) => workloadId);
  const zones = [...byAddress.values()].map(({ zone }) => zone ?? null);
  await transaction.$queryRaw`
    SELECT 1 FROM endpoint
    WHERE proxy_id = ANY(${rows.map(({ proxyId }) => proxyId)}) OR address = ANY(${addresses})
    ORDER BY address FOR UPDATE`;
  const [same] = await transaction.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM endpoint e
      JOIN unnest(${addresses}::text[], ${workloadIds}::int[], ${zones}::text[]) AS own (address, workload_id, zone)
        ON e.address = own.address AND e.workload_id = own.workload_id AND e.zone IS NOT DISTINCT FROM own.zone
    WHERE e.lease_until > now()`;
  const moved = await transaction.$executeRaw`
    DELETE FROM endpoint WHERE proxy_id = ANY(${rows.map(({ proxyId }) => proxyId)})
      AND (proxy_id, address) NOT IN (SELECT * FROM unnest(${ids}::text[], ${addresses}::text[]))`;
  await transaction.$executeRaw`
    INSERT INTO endpoint (proxy_id, workload_id, address, zone, lease_until)
    SELECT proxy_id, workload_id, address, zone, now() + ${leaseMs} * interval '1 millisecond'
    FROM unnest(${ids}::text[], ${workloadIds}::int[], ${addresses}::text[], ${zones}::text[])
      AS own (proxy_id, workload_id, address, zone)
    ORDER BY address
    ON CONFLICT (address) DO UPDATE SET proxy_id = excluded.proxy_id, workload_id = excluded.workload_id,
      zone = excluded.zone, lease_until = excluded.lease_until`;
  return (same?.count ?? 0) < addresses.length || moved > 0;
}
