import { guarded, type Sql } from "../connection/open-sql.ts";
import type { ServiceName } from "./answers.ts";
import { uuidToTraceId } from "./ids.ts";
import { serviceIds } from "./requests/request-filter.ts";
import { msToNs } from "./time.ts";

/** A stored request, as far as it can be told from the others of its millisecond. */
export interface RequestMoment {
  readonly source: ServiceName;
  readonly path: string;
  readonly atMs: number;
}

/**
 * The traces of requests to a service, in the order of `moments`: undefined where the request had none, or its spans
 * were not kept. A trace that began in the hour before its request is not found.
 */
export function keptTraces(
  sql: Sql,
  destination: ServiceName,
  moments: readonly RequestMoment[],
): Promise<(string | undefined)[]> {
  return guarded(sql, async () => {
    const found = new Array<string | undefined>(moments.length).fill(undefined);
    const destinationIds = moments.length > 0 ? await serviceIds(sql, destination) : [];
    if (destinationIds.length === 0) return found;
    const rows = await sql<{ place: number; traceId: string }[]>`
      SELECT (place - 1)::int AS place, request.trace_id AS "traceId"
      FROM unnest(${moments.map(({ source }) => source.namespace)}::text[],
        ${moments.map(({ source }) => source.service)}::text[], ${moments.map(({ path }) => path)}::text[],
        ${moments.map(({ atMs }) => String(msToNs(atMs)))}::bigint[])
        WITH ORDINALITY AS moment (namespace, service, path, at_ns, place)
      CROSS JOIN LATERAL (
        SELECT trace_id FROM access_log
        WHERE destination_id = ANY(${destinationIds}::int[])
          AND time_ns >= moment.at_ns AND time_ns < moment.at_ns + 1000000 AND path = moment.path
          AND source_id IN (SELECT id FROM telemetry_service s
            WHERE s.namespace = moment.namespace AND s.name = moment.service)
          AND trace_id IS NOT NULL
        LIMIT 1
      ) request
      WHERE EXISTS (SELECT 1 FROM trace WHERE trace.trace_id = request.trace_id
        AND hour_ns = moment.at_ns / 3600000000000 * 3600000000000)`;
    for (const { place, traceId } of rows) found[place] = uuidToTraceId(traceId);
    return found;
  });
}
