import type { ConfigDatabase } from "./config-database.ts";
import type { SidecarStatus } from "./config-store.ts";

/** Connected ones and those gone for less than an hour, in the order of service, version and id. */
export function listSidecars(database: ConfigDatabase): Promise<SidecarStatus[]> {
  return database.readAtOnce(async (transaction) => {
    const live = await transaction.$queryRaw<{ id: string }[]>`
      SELECT proxy_id AS id FROM sidecar WHERE connected AND lease_until > now()`;
    const connected = new Set(live.map((row) => row.id));
    const rows = await transaction.sidecar.findMany({
      include: { workload: { include: { service: { include: { namespace: true } } } } },
      orderBy: [
        { workload: { service: { namespace: { name: "asc" } } } },
        { workload: { service: { name: "asc" } } },
        { workload: { version: "asc" } },
        { proxyId: "asc" },
      ],
    });
    return rows.map((row) => ({
      proxyId: row.proxyId,
      workload: {
        namespace: row.workload.service.namespace.name,
        service: row.workload.service.name,
        version: row.workload.version,
      },
      controllerId: row.controllerId,
      release: row.release,
      address: row.address ?? undefined,
      zone: row.zone ?? undefined,
      connected: connected.has(row.proxyId),
      connectedAt: row.connectedAt,
      disconnectedAt: row.disconnectedAt ?? undefined,
      wantedVersion: row.wantedVersion ?? undefined,
      wantedAt: row.wantedAt ?? undefined,
      ackedVersion: row.ackedVersion ?? undefined,
      ackedAt: row.ackedAt ?? undefined,
      nackedVersion: row.nackedVersion ?? undefined,
      nackedAt: row.nackedAt ?? undefined,
      nackReason: row.nackReason ?? undefined,
    }));
  });
}
