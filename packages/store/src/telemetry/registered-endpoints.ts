import { guarded, type Sql } from "../connection/open-sql.ts";
import type { ServiceName } from "./answers.ts";

/** A sidecar of a service, with what it is reached at. */
export interface RegisteredSidecar {
  readonly proxyId: string;
  readonly version: string;
  /** Undefined: it only calls others. */
  readonly address: string | undefined;
  readonly zone: string | undefined;
  readonly release: string;
  /** Its stream is open and its lease has not run out: others may send requests to its address. */
  readonly connected: boolean;
  readonly connectedAtMs: number;
  readonly disconnectedAtMs: number | undefined;
  readonly leaseUntilMs: number;
}

export interface RegisteredSidecars {
  /** Connected ones first, by version, address and id; those gone for less than an hour after them. */
  readonly sidecars: readonly RegisteredSidecar[];
  /** The database's clock, which leases go by. */
  readonly nowMs: number;
}

type Nullable<T> = {
  readonly [K in keyof T]: undefined extends T[K] ? Exclude<T[K], undefined> | null : T[K];
};

/** The sidecars of a service that are registered now or were within the last hour, and their leases. */
export function registeredEndpoints(
  sql: Sql,
  { namespace, service }: ServiceName,
): Promise<RegisteredSidecars> {
  return guarded(sql, async () => {
    const ms = (time: string) => sql.unsafe(`(extract(epoch FROM ${time}) * 1000)::float8`);
    const [clock] = await sql<{ nowMs: number }[]>`SELECT ${ms("now()")} AS "nowMs"`;
    const rows = await sql<Nullable<RegisteredSidecar>[]>`
      SELECT c.proxy_id AS "proxyId", w.version, c.address, c.zone, c.release,
        c.connected AND c.lease_until > now() AS connected, ${ms("c.connected_at")} AS "connectedAtMs",
        ${ms("c.disconnected_at")} AS "disconnectedAtMs", ${ms("c.lease_until")} AS "leaseUntilMs"
      FROM sidecar c JOIN workload w ON w.id = c.workload_id JOIN service s ON s.id = w.service_id
        JOIN namespace n ON n.id = s.namespace_id
      WHERE n.name = ${namespace} AND s.name = ${service}
      ORDER BY 6 DESC, w.version, c.address NULLS LAST, c.proxy_id`;
    return {
      sidecars: rows.map(({ address, zone, disconnectedAtMs, ...row }) => ({
        ...row,
        address: address ?? undefined,
        zone: zone ?? undefined,
        disconnectedAtMs: disconnectedAtMs ?? undefined,
      })),
      nowMs: clock?.nowMs ?? 0,
    };
  });
}
