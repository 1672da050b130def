import type { Sql } from "postgres";
import type { ServiceName } from "../answers.ts";
import { int8ToSpanId, uuidToTraceId } from "../ids.ts";
import type { ServiceIdentity } from "../records.ts";
import type { SpanCondition } from "../search/span-condition.ts";
import { spanMatches } from "../search/span-matches.ts";
import { allAttributes, joinAttributeSet } from "../span-attributes.ts";
import { hourNs } from "../time.ts";

/** A request as the span of the service that served it tells, and its caller's span where that is stored. */
export interface SampledRequest {
  readonly traceId: string;
  /** Of the server's span. */
  readonly spanId: string;
  readonly operation: string;
  readonly version: string;
  /** When it began and how long it took, as the caller saw it; as the server did where the caller left no span. */
  readonly startMs: number;
  readonly seconds: number;
  /** One of the two spans has the status "error". */
  readonly failed: boolean;
  readonly attributes: Record<string, unknown>;
  readonly resource: Record<string, unknown>;
  readonly caller:
    | (ServiceName & { readonly version: string; readonly attributes: Record<string, unknown> })
    | undefined;
  /** All that took part in its trace. */
  readonly services: readonly ServiceIdentity[];
}

export interface RequestSpanRow {
  readonly traceId: string;
  readonly spanId: string;
  readonly operation: string;
  readonly version: string;
  readonly startNs: string;
  readonly durationNs: string;
  readonly failed: boolean;
  readonly attributes: Record<string, unknown>;
  readonly resource: Record<string, unknown>;
  readonly caller: SampledRequest["caller"] | null;
  readonly services: ServiceIdentity[] | null;
}

interface RequestSpansWanted {
  /** Of the server's span: inclusive, exclusive. */
  readonly fromNs: bigint;
  readonly toNs: bigint;
  readonly limit: number;
  /** As uuids; absent: of any trace. */
  readonly traceIds?: readonly string[];
}

/** A server's span, or a consumer's (OTLP SpanKind). */
const arrivals = [2, 5];

/** Spans with which requests arrived, in no particular order, each with its caller's. */
export function requestSpans(
  sql: Sql,
  condition: SpanCondition,
  { fromNs, toNs, limit, traceIds }: RequestSpansWanted,
): Promise<RequestSpanRow[]> {
  const hour = sql`${String(hourNs)}::bigint`;
  const found = sql`
    SELECT s.* FROM span s
    WHERE s.start_ns >= ${String(fromNs)}::bigint AND s.start_ns < ${String(toNs)}::bigint
      AND s.kind = ANY(${arrivals}::int[]) ${traceIds ? sql`AND s.trace_id = ANY(${[...traceIds]}::uuid[])` : sql``}
      ${spanMatches(sql, condition)} LIMIT ${limit}`;
  // Span by span, which `OFFSET 0` insists on: how few they are the planner cannot guess.
  return sql<RequestSpanRow[]>`
    SELECT span.trace_id AS "traceId", span.span_id AS "spanId", o.name AS operation, s.version,
      coalesce(caller.start_ns, span.start_ns) AS "startNs", coalesce(caller.duration_ns, span.duration_ns) AS "durationNs",
      span.status = 2 OR coalesce(caller.status = 2, false) AS failed,
      ${allAttributes(sql)} AS attributes, coalesce(r.attributes, '{}') AS resource, caller.told AS caller, took_part.services
    FROM (${found}) AS span ${joinAttributeSet(sql)}
      JOIN telemetry_operation o ON o.id = span.operation_id
      JOIN telemetry_service s ON s.id = span.service_id
      LEFT JOIN telemetry_resource r ON r.id = span.resource_id
      LEFT JOIN LATERAL (
        SELECT c.start_ns, c.duration_ns, c.status, json_build_object(
          'namespace', cs.namespace, 'service', cs.name, 'version', cs.version,
          'attributes', coalesce(ca.attributes, '{}') || coalesce(c.attributes, '{}')) AS told
        FROM (
          SELECT * FROM span c
          WHERE c.trace_id = span.trace_id AND c.span_id = span.parent_span_id
            AND c.start_ns BETWEEN span.start_ns - ${hour} AND span.start_ns + ${hour}
            AND (c.service_id <> span.service_id OR c.kind = ANY('{3,4}')) OFFSET 0
        ) AS c JOIN telemetry_service cs ON cs.id = c.service_id
          LEFT JOIN telemetry_attribute_set ca ON ca.id = c.attribute_set_id
        LIMIT 1
      ) AS caller ON true
      LEFT JOIN LATERAL (
        SELECT json_agg(json_build_object('namespace', p.namespace, 'name', p.name, 'version', p.version)) AS services
        FROM (
          SELECT DISTINCT unnest(t.service_ids) AS id FROM trace t
          WHERE t.trace_id = span.trace_id AND t.hour_ns BETWEEN span.start_ns - ${hour} AND span.start_ns OFFSET 0
        ) AS known JOIN telemetry_service p ON p.id = known.id
      ) AS took_part ON true`;
}

export function toSampledRequest(row: RequestSpanRow): SampledRequest {
  const { startNs, durationNs, ...told } = row;
  return {
    ...told,
    traceId: uuidToTraceId(row.traceId),
    spanId: int8ToSpanId(row.spanId),
    startMs: Number(BigInt(startNs) / 1_000n) / 1_000,
    seconds: Number(durationNs) / 1e9,
    caller: row.caller ?? undefined,
    services: row.services ?? [],
  };
}
