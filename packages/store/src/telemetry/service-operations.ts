import type { Window } from "@weir/domain";
import { guarded, type Sql } from "../connection/open-sql.ts";
import type { ServiceOperations } from "./answers.ts";
import { hourMs } from "./time.ts";

/** Services that sent spans in a window's hours, with the names of their operations, for a search form. */
export function serviceOperations(sql: Sql, window: Window): Promise<ServiceOperations[]> {
  return guarded(
    sql,
    () => sql<ServiceOperations[]>`
      SELECT s.namespace, s.name AS service, array_agg(DISTINCT o.name ORDER BY o.name) AS operations
      FROM telemetry_operation o JOIN telemetry_service s ON s.id = o.service_id
      WHERE o.last_hour >= ${Math.floor(window.fromMs / hourMs)}
      GROUP BY 1, 2 ORDER BY 1, 2`,
  );
}
