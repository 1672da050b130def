import { outsideMesh } from "@weir/domain";
import { guarded, type Sql } from "../connection/open-sql.ts";
import type { ServiceName } from "./answers.ts";

/** Every service that telemetry ever told of, by namespace and name. */
export function knownServices(sql: Sql): Promise<ServiceName[]> {
  return guarded(
    sql,
    () => sql<ServiceName[]>`
      SELECT DISTINCT namespace, name AS service FROM telemetry_service
      WHERE (namespace, name) <> (${outsideMesh.namespace}, ${outsideMesh.service})
      ORDER BY 1, 2`,
  );
}
