import { metricNames } from "@weir/domain";
import { guarded, type Sql } from "../connection/open-sql.ts";

/** What the process of one sidecar costs. */
export interface SidecarUsage {
  readonly proxyId: string;
  /** Of one core, 1 for all of it; undefined until it was told twice, and while one run's numbers follow another's. */
  readonly cores: number | undefined;
  /** Resident, as told last. */
  readonly memoryBytes: number | undefined;
}

interface UsageRow {
  readonly proxyId: string;
  readonly firstCpu: number | null;
  readonly lastCpu: number | null;
  readonly seconds: number | null;
  readonly memoryBytes: number | null;
}

/** By sidecar, of those that told anything since `fromMs`. For short windows: points are many. */
export function sidecarUsage(sql: Sql, fromMs: number): Promise<SidecarUsage[]> {
  return guarded(sql, async () => {
    // Service by service, as the points are indexed; in the order of time alone all of an hour would be read.
    const rows = await sql<UsageRow[]>`
      SELECT r.attributes ->> 'service.instance.id' AS "proxyId",
        (array_agg(point.value ORDER BY point.time_ns) FILTER (WHERE point.name = ${metricNames.cpuTime}))[1] AS "firstCpu",
        (array_agg(point.value ORDER BY point.time_ns DESC) FILTER (WHERE point.name = ${metricNames.cpuTime}))[1] AS "lastCpu",
        (max(point.time_ns) FILTER (WHERE point.name = ${metricNames.cpuTime})
          - min(point.time_ns) FILTER (WHERE point.name = ${metricNames.cpuTime}))::float8 / 1e9 AS seconds,
        (array_agg(point.value ORDER BY point.time_ns DESC) FILTER (WHERE point.name = ${metricNames.memory}))[1] AS "memoryBytes"
      FROM telemetry_service s CROSS JOIN LATERAL (
          SELECT resource_id, name, time_ns, value FROM metric_point
          WHERE service_id = s.id AND time_ns >= ${String(BigInt(Math.floor(fromMs)) * 1_000_000n)}::bigint
            AND (name = ${metricNames.cpuTime} AND kind = 'sum/cumulative'
              OR name = ${metricNames.memory} AND kind = 'updown-sum/cumulative')
        ) AS point
        JOIN telemetry_resource r ON r.id = point.resource_id
      WHERE r.attributes ->> 'telemetry.sdk.name' = 'weir' AND r.attributes ? 'service.instance.id'
      GROUP BY 1`;
    return rows.map(({ proxyId, firstCpu, lastCpu, seconds, memoryBytes }) => ({
      proxyId,
      cores: coresOf(firstCpu, lastCpu, seconds),
      memoryBytes: memoryBytes ?? undefined,
    }));
  });
}

function coresOf(first: number | null, last: number | null, seconds: number | null): number | undefined {
  if (first === null || last === null || !seconds || last < first) return undefined;
  return (last - first) / seconds;
}
