import type { RegisteredEndpoint } from "@weir/domain";
import type { ConfigDatabase } from "./config-database.ts";

interface Row {
  readonly namespace: string;
  readonly service: string;
  readonly version: string;
  readonly address: string;
  readonly zone: string | null;
}

/** Those whose lease has not run out, in the order of their addresses, whether or not anybody removed the others. */
export function liveEndpoints(database: ConfigDatabase): Promise<RegisteredEndpoint[]> {
  return database.query(async (prisma) => {
    const rows = await prisma.$queryRaw<Row[]>`
      SELECT n.name AS namespace, s.name AS service, w.version, e.address, e.zone
      FROM endpoint e JOIN workload w ON w.id = e.workload_id JOIN service s ON s.id = w.service_id
        JOIN namespace n ON n.id = s.namespace_id
      WHERE e.lease_until > now() ORDER BY e.address`;
    return rows.map(({ zone, ...endpoint }) => (zone === null ? endpoint : { ...endpoint, zone }));
  });
}
