import { outsideMesh } from "@weir/domain";
import { guarded, type Sql } from "../connection/open-sql.ts";
import type { ServiceName } from "./answers.ts";

/** What has ever come in; for a mesh that is new, so that people see their first attempt arrive. */
export interface FirstSigns {
  /** A span that is still kept. */
  readonly spans: boolean;
  /** Who calls whom is known of at least two. */
  readonly edges: boolean;
  /** Those that telemetry named, the newest first, {@link mostNamed} at most. */
  readonly services: readonly ServiceName[];
}

const mostNamed = 5;

/** Cheap: existence only, and five rows of a dictionary. */
export function firstSigns(sql: Sql): Promise<FirstSigns> {
  return guarded(sql, async () => {
    const [[found], services] = await Promise.all([
      sql<{ spans: boolean; edges: boolean }[]>`
        SELECT EXISTS (SELECT FROM span) AS spans, EXISTS (SELECT FROM edge_series) AS edges`,
      sql<ServiceName[]>`
        SELECT namespace, name AS service FROM telemetry_service
        WHERE (namespace, name) <> (${outsideMesh.namespace}, ${outsideMesh.service})
        GROUP BY 1, 2 ORDER BY max(id) DESC LIMIT ${mostNamed}`,
    ]);
    return { spans: found?.spans ?? false, edges: found?.edges ?? false, services };
  });
}
