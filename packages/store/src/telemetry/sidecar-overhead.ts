import { bucketIndex, histogramCount, metricNames, quantile, type Window } from "@weir/domain";
import { guarded, type Sql } from "../connection/open-sql.ts";
import type { ServiceName } from "./answers.ts";
import { serviceIds } from "./requests/request-filter.ts";
import { type LookBack, newestFirst } from "./search/newest-first.ts";
import type { Slice } from "./search/slice.ts";

/** What sidecars added to requests; p50 and p95 in seconds, with a relative error of at most 2.2 %. */
export interface AddedTime {
  readonly requests: number;
  readonly p50: number | undefined;
  readonly p95: number | undefined;
}

export interface SidecarOverhead {
  /** To the requests that arrived at the service. */
  readonly arriving: AddedTime;
  /** To the calls that it made. */
  readonly calling: AddedTime;
  /** From when on measurements were read: later than the window's start where there were too many of them. */
  readonly fromMs: number;
}

interface BucketRow {
  readonly reporter: string | null;
  readonly index: number;
  readonly count: number;
}

/**
 * How much time a service's own sidecars took of requests, as they measured it for each (`weir.proxy.overhead`): what a
 * request lasted without what its upstream did of it. No request where no sidecar told of any.
 */
export function sidecarOverhead(
  sql: Sql,
  service: ServiceName,
  window: Window,
  lookBack: LookBack = {},
): Promise<SidecarOverhead> {
  return guarded(sql, async () => {
    const ids = await serviceIds(sql, service);
    const [arriving, calling] = [new Map<number, number>(), new Map<number, number>()];
    const fromMs = await newestFirst(window, lookBack, async (slice) => {
      for (const { reporter, index, count } of await bucketsIn(sql, ids, slice)) {
        const side = reporter === "destination" ? arriving : calling;
        side.set(index, (side.get(index) ?? 0) + count);
      }
    });
    return { arriving: addedTime(arriving), calling: addedTime(calling), fromMs };
  });
}

function bucketsIn(sql: Sql, ids: readonly number[], { fromNs, toNs }: Slice): Promise<BucketRow[]> {
  return sql<BucketRow[]>`
    WITH point AS (
      SELECT attributes ->> 'weir.reporter' AS reporter, histogram FROM metric_point
      WHERE service_id = ANY(${[...ids]}::int[]) AND time_ns >= ${String(fromNs)}::bigint AND time_ns < ${String(toNs)}::bigint
        AND name = ${metricNames.overhead} AND kind = 'exponential-histogram/delta'
    ), bucket AS (
      SELECT reporter, index::int, count::float8
      FROM point, jsonb_array_elements_text(histogram -> 'positive' -> 'indexes') WITH ORDINALITY AS i (index, place)
        JOIN jsonb_array_elements_text(histogram -> 'positive' -> 'counts') WITH ORDINALITY AS c (count, place)
          USING (place)
      UNION ALL
      SELECT reporter, ${bucketIndex(0)}::int, (histogram ->> 'zeroCount')::float8 FROM point
    )
    SELECT reporter, index, sum(count) AS count FROM bucket WHERE count > 0 GROUP BY 1, 2`;
}

function addedTime(buckets: ReadonlyMap<number, number>): AddedTime {
  const ordered = [...buckets].sort(([a], [b]) => a - b);
  const histogram = { indexes: ordered.map(([index]) => index), counts: ordered.map(([, count]) => count) };
  return {
    requests: histogramCount(histogram),
    p50: quantile(histogram, 0.5),
    p95: quantile(histogram, 0.95),
  };
}
