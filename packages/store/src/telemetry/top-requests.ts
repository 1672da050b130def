import { quantile, type ServiceId, type Window } from "@weir/domain";
import { guarded, type Sql } from "../connection/open-sql.ts";
import type { Latency, Traffic } from "./answers.ts";
import { type RequestFilter, requestMatches, resolveRequestFilter } from "./requests/request-filter.ts";
import { msToNs } from "./time.ts";

/** What requests can be put together by. The version is that of the destination, the path as it was asked for. */
export type TopKey = "source" | "destination" | "version" | "method" | "path" | "status";
export type TopSort = TopKey | "requests" | "errors" | "success" | "p50" | "p95" | "p99";

export interface TopQuery {
  /** At least one. */
  readonly by: readonly TopKey[];
  readonly sort: TopSort;
  readonly descending: boolean;
  readonly limit: number;
  readonly filter?: RequestFilter;
}

/** Requests that agree in what they are put together by; what they are not put together by is undefined. */
export interface TopRow extends Traffic, Latency {
  readonly source: ServiceId | undefined;
  readonly destination: ServiceId | undefined;
  readonly version: string | undefined;
  readonly method: string | undefined;
  readonly path: string | undefined;
  /** 0: no response. */
  readonly status: number | undefined;
}

export interface TopRequests {
  readonly rows: readonly TopRow[];
  /** How many rows there are without the limit. */
  readonly groups: number;
}

/** Of a key: what `access_log` has for it, its columns once services have names, and what a row shows of these. */
interface Grouping {
  readonly id: string;
  readonly columns: Readonly<Record<string, string>>;
  readonly shown: string;
}

const groupings: Readonly<Record<TopKey, Grouping>> = {
  source: {
    id: "source_id",
    columns: { source_namespace: "s.namespace", source_name: "s.name" },
    shown: "jsonb_build_object('namespace', source_namespace, 'service', source_name) AS source",
  },
  destination: {
    id: "destination_id",
    columns: { destination_namespace: "d.namespace", destination_name: "d.name" },
    shown:
      "jsonb_build_object('namespace', destination_namespace, 'service', destination_name) AS destination",
  },
  version: { id: "destination_id", columns: { version: "d.version" }, shown: "version" },
  method: { id: "method", columns: { method: "method" }, shown: "method" },
  path: { id: "path", columns: { path: "path" }, shown: "path" },
  status: { id: "status", columns: { status: "status" }, shown: "status" },
};

const quantiles = { p50: 0.5, p95: 0.95, p99: 0.99 };

interface GroupRow {
  readonly source?: ServiceId;
  readonly destination?: ServiceId;
  readonly version?: string;
  readonly method?: string;
  readonly path?: string;
  readonly status?: number;
  readonly requests: number;
  readonly errors: number;
  readonly indexes: number[];
  readonly counts: number[];
  readonly groups: number;
}

/**
 * The requests of a window put together, by the access log. Counts are exact; quantiles come from buckets, their
 * relative error is at most 2.2 %, and rows in one bucket count as equal in their order. Where rows are equal, those
 * with more requests come first. Reads every request of the window, which therefore should be one of minutes.
 */
export function topRequests(
  sql: Sql,
  window: Window,
  { by, sort, descending, limit, filter = {} }: TopQuery,
): Promise<TopRequests> {
  const parts = by.map((key) => groupings[key]);
  const ids = [...new Set(parts.map(({ id }) => id))];
  const columns = Object.entries(
    Object.assign({}, ...parts.map((part) => part.columns)) as Grouping["columns"],
  );
  const names = columns.map(([name]) => name).join(", ");
  return guarded(sql, async () => {
    const condition = await resolveRequestFilter(sql, filter);
    const rows = await sql<GroupRow[]>`
      WITH bucket AS (
        SELECT ${sql.unsafe(ids.join(", "))},
          ceil(ln(greatest(duration_ns, 1) / 1e9::float8) / ln(2::float8) * 16)::int - 1 AS index,
          count(*)::float8 AS count, (count(*) FILTER (WHERE status / 100 IN (0, 5)))::float8 AS errors
        FROM access_log
        WHERE time_ns >= ${String(msToNs(window.fromMs))}::bigint AND time_ns < ${String(msToNs(window.toMs))}::bigint
          ${requestMatches(sql, condition)}
        GROUP BY ${sql.unsafe(ids.join(", "))}, index
      ), named AS (
        SELECT ${sql.unsafe(columns.map(([name, from]) => `${from} AS ${name}`).join(", "))}, index,
          sum(count) AS count, sum(errors) AS errors
        FROM bucket
          ${ids.includes("source_id") ? sql`JOIN telemetry_service s ON s.id = source_id` : sql``}
          ${ids.includes("destination_id") ? sql`JOIN telemetry_service d ON d.id = destination_id` : sql``}
        GROUP BY ${sql.unsafe(columns.map(([, from]) => from).join(", "))}, index
      ), running AS (
        SELECT *, sum(count) OVER (PARTITION BY ${sql.unsafe(names)} ORDER BY index) AS reached,
          sum(count) OVER (PARTITION BY ${sql.unsafe(names)}) AS whole
        FROM named
      )
      SELECT ${sql.unsafe(parts.map(({ shown }) => shown).join(", "))},
        sum(count) AS requests, sum(errors) AS errors, array_agg(index ORDER BY index) AS indexes,
        array_agg(count ORDER BY index) AS counts, (count(*) OVER ())::int AS groups
      FROM ${sql.unsafe(sort in quantiles ? "running" : "named")}
      GROUP BY ${sql.unsafe(names)}
      ORDER BY ${sql.unsafe(orderBy(sort, descending))}, requests DESC, ${sql.unsafe(names)}
      LIMIT ${limit}`;
    return { rows: rows.map(toTopRow), groups: rows[0]?.groups ?? 0 };
  });
}

function orderBy(sort: TopSort, descending: boolean): string {
  const way = descending ? "DESC" : "ASC";
  return termsOf(sort)
    .map((term) => `${term} ${way}`)
    .join(", ");
}

function termsOf(sort: TopSort): readonly string[] {
  switch (sort) {
    case "requests":
    case "errors":
      return [`sum(${sort === "errors" ? "errors" : "count"})`];
    case "success":
      return ["1 - sum(errors) / sum(count)"];
    case "p50":
    case "p95":
    case "p99":
      return [`min(index) FILTER (WHERE reached >= ${quantiles[sort]} * whole)`];
    default:
      return Object.keys(groupings[sort].columns);
  }
}

function toTopRow({ indexes, counts, requests, errors, ...group }: GroupRow): TopRow {
  const histogram = { indexes, counts };
  return {
    ...{ source: group.source, destination: group.destination, version: group.version },
    ...{ method: group.method, path: group.path, status: group.status },
    ...{ requests, errors },
    ...{ p50: quantile(histogram, 0.5), p95: quantile(histogram, 0.95), p99: quantile(histogram, 0.99) },
  };
}
