import type { Sql } from "../connection/open-sql.ts";
import type { ServiceName } from "./answers.ts";

export interface Registered extends ServiceName {
  readonly version: string;
  readonly ready: boolean;
}

/** Versions with a live endpoint, or with a connected sidecar that only calls. */
export function readRegistered(sql: Sql): Promise<Registered[]> {
  return sql<Registered[]>`
    SELECT n.name AS namespace, s.name AS service, w.version, e.ready
    FROM workload w JOIN service s ON s.id = w.service_id JOIN namespace n ON n.id = s.namespace_id,
      LATERAL (SELECT EXISTS (
        SELECT 1 FROM endpoint WHERE workload_id = w.id AND lease_until > now()) AS ready) AS e
    WHERE e.ready
      OR EXISTS (SELECT 1 FROM sidecar WHERE workload_id = w.id AND connected AND lease_until > now())`;
}
