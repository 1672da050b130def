import { quantile, type Window } from "@weir/domain";
import { guarded, type Sql } from "../connection/open-sql.ts";
import type { ServiceName, TopRow } from "./answers.ts";
import { type RequestFilter, requestMatches, resolveRequestFilter } from "./requests/request-filter.ts";
import { msToNs } from "./time.ts";

export type TopGroup = "edge" | "route" | "status";

/** What rows of `access_log` are put together by: first by ids, then by the names that `s` and `d` have for them. */
const groupings: Readonly<
  Record<TopGroup, { readonly ids: string; readonly names: string; readonly shown: string }>
> = {
  edge: {
    ids: "source_id, destination_id",
    names: "s.namespace, s.name, d.namespace, d.name",
    shown: `jsonb_build_object('namespace', s.namespace, 'service', s.name) AS source,
      jsonb_build_object('namespace', d.namespace, 'service', d.name) AS destination`,
  },
  route: {
    ids: "destination_id, method, path",
    names: "d.namespace, d.name, method, path",
    shown: "jsonb_build_object('namespace', d.namespace, 'service', d.name) AS destination, method, path",
  },
  status: { ids: "status", names: "status", shown: "status" },
};

interface GroupRow {
  readonly source?: ServiceName;
  readonly destination?: ServiceName;
  readonly method?: string;
  readonly path?: string;
  readonly status?: number;
  readonly requests: number;
  readonly errors: number;
  readonly indexes: number[];
  readonly counts: number[];
}

/**
 * What most requests of a window went over (edge), asked for (route: destination, method and path) or were answered
 * (status), by the access log. Counts are exact; quantiles come from buckets, their relative error is at most 2.2 %.
 * Reads every request of the window, which therefore should be one of minutes.
 */
export function topRequests(
  sql: Sql,
  window: Window,
  groupBy: TopGroup,
  limit: number,
  filter: RequestFilter = {},
): Promise<TopRow[]> {
  return guarded(sql, async () => {
    const condition = await resolveRequestFilter(sql, filter);
    const { ids, names, shown } = groupings[groupBy];
    const rows = await sql<GroupRow[]>`
      WITH bucket AS (
        SELECT ${sql.unsafe(ids)}, ceil(ln(greatest(duration_ns, 1) / 1e9::float8) / ln(2::float8) * 16)::int - 1 AS index,
          count(*)::float8 AS count, (count(*) FILTER (WHERE status / 100 IN (0, 5)))::float8 AS errors
        FROM access_log
        WHERE time_ns >= ${String(msToNs(window.fromMs))}::bigint AND time_ns < ${String(msToNs(window.toMs))}::bigint
          ${requestMatches(sql, condition)}
        GROUP BY ${sql.unsafe(ids)}, index
      )
      SELECT ${sql.unsafe(shown)}, sum(count) AS requests, sum(errors) AS errors,
        array_agg(index ORDER BY index) AS indexes, array_agg(count ORDER BY index) AS counts
      FROM bucket
        ${ids.includes("source_id") ? sql`JOIN telemetry_service s ON s.id = source_id` : sql``}
        ${ids.includes("destination_id") ? sql`JOIN telemetry_service d ON d.id = destination_id` : sql``}
      GROUP BY ${sql.unsafe(names)} ORDER BY requests DESC, ${sql.unsafe(names)} LIMIT ${limit}`;
    return rows.map(toTopRow);
  });
}

function toTopRow({ indexes, counts, requests, errors, ...group }: GroupRow): TopRow {
  const histogram = { indexes, counts };
  return {
    ...{ source: group.source, destination: group.destination },
    ...{ method: group.method, path: group.path, status: group.status },
    ...{ requests, errors },
    ...{ p50: quantile(histogram, 0.5), p95: quantile(histogram, 0.95), p99: quantile(histogram, 0.99) },
  };
}
