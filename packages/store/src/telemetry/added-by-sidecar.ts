import { metricNames } from "@weir/domain";
import { guarded, type Sql } from "../connection/open-sql.ts";

/** What one sidecar added to the requests it carried, in either direction. */
export interface AddedBySidecar {
  readonly proxyId: string;
  readonly requests: number;
  /** To all of them together. */
  readonly seconds: number;
}

/** Sums of `weir.proxy.overhead` since `fromMs`, by sidecar: those that carried something. For short windows: points are many. */
export function addedBySidecar(sql: Sql, fromMs: number): Promise<AddedBySidecar[]> {
  return guarded(sql, async () => {
    // Service by service, as the points are indexed; in the order of time alone all of an hour would be read.
    const rows = await sql<AddedBySidecar[]>`
      SELECT r.attributes ->> 'service.instance.id' AS "proxyId",
        sum((point.histogram ->> 'count')::float8) AS requests, sum((point.histogram ->> 'sum')::float8) AS seconds
      FROM telemetry_service s CROSS JOIN LATERAL (
          SELECT resource_id, histogram FROM metric_point
          WHERE service_id = s.id AND time_ns >= ${String(BigInt(Math.floor(fromMs)) * 1_000_000n)}::bigint
            AND name = ${metricNames.overhead} AND kind = 'exponential-histogram/delta'
        ) AS point
        JOIN telemetry_resource r ON r.id = point.resource_id
      WHERE r.attributes ? 'service.instance.id'
      GROUP BY 1 HAVING sum((point.histogram ->> 'count')::float8) > 0`;
    return [...rows];
  });
}
