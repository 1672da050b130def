import { outsideMesh, quantile, type Window } from "@weir/domain";
import { guarded, type Sql } from "../connection/open-sql.ts";
import type { Latency, ServiceName, Traffic } from "./answers.ts";
import { pathTemplate } from "./path-template.ts";
import { serviceIds } from "./requests/request-filter.ts";
import { type LookBack, newestFirst } from "./search/newest-first.ts";
import type { Slice } from "./search/slice.ts";

/** Requests to one method and path of a service, ids left out of it. Latencies are what callers saw, in seconds. */
export interface ServiceRoute extends Latency {
  /** {@link elsewhere} for both: requests to paths that are too many to be told apart. */
  readonly method: string;
  readonly path: string;
  /** What callers asked for, each request once, however often their sidecars tried. */
  readonly effective: Traffic;
  /** What reached the service, each attempt by itself; undefined: no sidecar in front of it tells. */
  readonly actual: Traffic | undefined;
}

export interface ServiceRoutes {
  /** The busiest first. */
  readonly routes: readonly ServiceRoute[];
  /** How many there are without the limit. */
  readonly count: number;
  /** From when on requests were read: later than the window's start where there were too many of them. */
  readonly fromMs: number;
}

/** Method and path of all requests that went to none of the busiest. */
export const elsewhere = "*";

/**
 * The methods and paths (see {@link pathTemplate}) of a service by its access log: effective rates, as its callers' sidecars count them, against
 * actual ones, as its own does. More of the latter are retries; what is missing of them never left its caller's side.
 * What comes from outside the mesh only the service's own sidecar counts, for both.
 *
 * @param mostPaths that are told apart, as they were asked for, in a stretch of time: anybody may ask for any path.
 */
export function serviceRoutes(
  sql: Sql,
  service: ServiceName,
  window: Window,
  limit: number,
  lookBack: LookBack = {},
  mostPaths = 5_000,
): Promise<ServiceRoutes> {
  return guarded(sql, async () => {
    const [ids, outsideIds] = [await serviceIds(sql, service), await serviceIds(sql, outsideMesh)];
    const sums = new Map<string, RouteSums>();
    let hasArrivals = false;
    const fromMs = await newestFirst(window, lookBack, async (slice) => {
      for (const row of await bucketsIn(sql, { ids, outsideIds, mostPaths }, slice)) {
        const key = `${row.method} ${pathTemplate(row.path)}`;
        const own = sums.get(key) ?? noSums();
        sums.set(key, own);
        addRow(own, row);
        hasArrivals ||= row.arrived;
      }
    });
    const routes = [...sums].map(([key, own]) => toRoute(key, own, hasArrivals)).sort(byVolume);
    return { routes: routes.slice(0, limit), count: routes.length, fromMs };
  });
}

interface BucketRow extends Traffic {
  readonly method: string;
  readonly path: string;
  /** Its callers asked for these. */
  readonly asked: boolean;
  /** They reached the service. */
  readonly arrived: boolean;
  readonly index: number;
}

interface BucketQuery {
  readonly ids: readonly number[];
  readonly outsideIds: readonly number[];
  readonly mostPaths: number;
}

function bucketsIn(
  sql: Sql,
  { ids, outsideIds, mostPaths }: BucketQuery,
  { fromNs, toNs }: Slice,
): Promise<BucketRow[]> {
  return sql<BucketRow[]>`
    WITH counted AS MATERIALIZED (
      SELECT method, path, reporter = 0 OR source_id = ANY(${[...outsideIds]}::int[]) AS asked, reporter = 1 AS arrived,
        ceil(ln(greatest(duration_ns, 1) / 1e9::float8) / ln(2::float8) * 16)::int - 1 AS index,
        count(*)::float8 AS requests, (count(*) FILTER (WHERE status / 100 IN (0, 5)))::float8 AS errors
      FROM access_log
      WHERE destination_id = ANY(${[...ids]}::int[])
        AND time_ns >= ${String(fromNs)}::bigint AND time_ns < ${String(toNs)}::bigint
      GROUP BY 1, 2, 3, 4, 5
    ), busiest AS (
      SELECT method, path, true AS told FROM counted GROUP BY method, path
      ORDER BY sum(requests) DESC, method, path LIMIT ${mostPaths}
    )
    SELECT CASE WHEN told THEN method ELSE ${elsewhere} END AS method, CASE WHEN told THEN path ELSE ${elsewhere} END AS path,
      asked, arrived, index, sum(requests) AS requests, sum(errors) AS errors
    FROM counted LEFT JOIN busiest USING (method, path)
    GROUP BY 1, 2, 3, 4, 5`;
}

interface RouteSums {
  readonly effective: { requests: number; errors: number };
  readonly actual: { requests: number; errors: number };
  /** Of what was asked for: requests by bucket. */
  readonly buckets: Map<number, number>;
}

function noSums(): RouteSums {
  const none = { requests: 0, errors: 0 };
  return { effective: { ...none }, actual: { ...none }, buckets: new Map() };
}

function addRow(sums: RouteSums, { asked, arrived, index, requests, errors }: BucketRow): void {
  for (const side of [...(asked ? [sums.effective] : []), ...(arrived ? [sums.actual] : [])]) {
    side.requests += requests;
    side.errors += errors;
  }
  if (asked) sums.buckets.set(index, (sums.buckets.get(index) ?? 0) + requests);
}

function toRoute(key: string, { effective, actual, buckets }: RouteSums, hasArrivals: boolean): ServiceRoute {
  const space = key.indexOf(" ");
  const ordered = [...buckets].sort(([a], [b]) => a - b);
  const histogram = { indexes: ordered.map(([index]) => index), counts: ordered.map(([, count]) => count) };
  return {
    ...{ method: key.slice(0, space), path: key.slice(space + 1) },
    ...{ effective, actual: hasArrivals ? actual : undefined },
    ...{ p50: quantile(histogram, 0.5), p95: quantile(histogram, 0.95), p99: quantile(histogram, 0.99) },
  };
}

function byVolume(a: ServiceRoute, b: ServiceRoute): number {
  const volume = ({ effective, actual }: ServiceRoute) => Math.max(effective.requests, actual?.requests ?? 0);
  return volume(b) - volume(a) || (a.path < b.path ? -1 : 1);
}
