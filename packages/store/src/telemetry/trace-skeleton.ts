import { guarded, type Sql } from "../connection/open-sql.ts";
import type { SkeletonSpan, TraceSkeleton } from "./answers.ts";
import { int8ToSpanId, isTraceId, traceIdToUuid } from "./ids.ts";
import type { ServiceIdentity } from "./records.ts";
import { traceHours } from "./trace-hours.ts";

interface Row {
  readonly spanId: string;
  readonly parentSpanId: string | null;
  readonly operationId: number;
  readonly kind: number;
  readonly status: number;
  readonly startNs: string;
  readonly durationNs: string;
  readonly events: number;
  readonly links: number;
}

interface Named {
  readonly service: ServiceIdentity;
  readonly operation: string;
}

/** More than any browser draws. */
const mostSpans = 200_000;

/**
 * The spans of a trace as far as a waterfall draws them, in the order of their start: what else they say is asked of
 * `spanDetails`. A span that was sent twice comes once. None for an id that is unknown, or is none.
 */
export function traceSkeleton(
  sql: Sql,
  traceId: string,
  { limit = mostSpans }: { readonly limit?: number } = {},
): Promise<TraceSkeleton> {
  return guarded(sql, async () => {
    const nothing = { spans: [], isWhole: true };
    if (!isTraceId(traceId)) return nothing;
    const id = traceIdToUuid(traceId);
    const hours = await traceHours(sql, id);
    if (!hours) return nothing;
    const rows = await sql<Row[]>`
      SELECT DISTINCT ON (start_ns, span_id, service_id, kind)
        span_id AS "spanId", parent_span_id AS "parentSpanId", operation_id AS "operationId", kind, status,
        start_ns AS "startNs", duration_ns AS "durationNs",
        coalesce(jsonb_array_length(events), 0) AS events, coalesce(jsonb_array_length(links), 0) AS links
      FROM span WHERE trace_id = ${id} AND start_ns >= ${String(hours.fromNs)} AND start_ns <= ${String(hours.toNs)}
      ORDER BY start_ns, span_id, service_id, kind, duration_ns DESC LIMIT ${limit + 1}`;
    const names = await readNames(sql, new Set(rows.map(({ operationId }) => operationId)));
    return { spans: rows.slice(0, limit).map((row) => toSpan(row, names)), isWhole: rows.length <= limit };
  });
}

/** By operation, each service one object: a long trace names few of them, many times. */
async function readNames(sql: Sql, operationIds: ReadonlySet<number>): Promise<Map<number, Named>> {
  const rows = await sql<(ServiceIdentity & { id: number; serviceId: number; operation: string })[]>`
    SELECT o.id, o.name AS operation, s.id AS "serviceId", s.namespace, s.name, s.version
    FROM telemetry_operation o JOIN telemetry_service s ON s.id = o.service_id
    WHERE o.id = ANY(${[...operationIds]}::int[])`;
  const services = new Map(
    rows.map(({ serviceId, namespace, name, version }) => [serviceId, { namespace, name, version }]),
  );
  return new Map(
    rows.map(({ id, serviceId, operation }) => [
      id,
      { service: services.get(serviceId) ?? unknown.service, operation },
    ]),
  );
}

const unknown: Named = { service: { namespace: "", name: "", version: "" }, operation: "" };

function toSpan({ operationId, ...row }: Row, names: ReadonlyMap<number, Named>): SkeletonSpan {
  const { service, operation } = names.get(operationId) ?? unknown;
  return {
    spanId: int8ToSpanId(row.spanId),
    parentSpanId: row.parentSpanId === null ? undefined : int8ToSpanId(row.parentSpanId),
    service,
    operation,
    kind: row.kind,
    status: row.status,
    startNs: BigInt(row.startNs),
    durationNs: BigInt(row.durationNs),
    events: row.events,
    links: row.links,
  };
}
