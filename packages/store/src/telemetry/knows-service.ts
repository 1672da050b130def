import { guarded, type Sql } from "../connection/open-sql.ts";
import type { ServiceName } from "./answers.ts";
import { serviceIds } from "./requests/request-filter.ts";

/** Whether telemetry ever told of a service, at any version. */
export function knowsService(sql: Sql, service: ServiceName): Promise<boolean> {
  return guarded(sql, async () => (await serviceIds(sql, service)).length > 0);
}
