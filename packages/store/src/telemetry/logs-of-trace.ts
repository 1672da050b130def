import { guarded, type Sql } from "../connection/open-sql.ts";
import type { LogOfTrace, TraceLogs } from "./answers.ts";
import { clampInt8 } from "./copy-text.ts";
import { int8ToSpanId, isTraceId, traceIdToUuid } from "./ids.ts";
import { type RequestRow, requestColumns, toRequests } from "./requests/request-rows.ts";
import { hourNs } from "./time.ts";
import { traceHours } from "./trace-hours.ts";

interface LogRow {
  readonly timeNs: string;
  readonly spanId: string | null;
  readonly namespace: string;
  readonly name: string;
  readonly version: string;
  readonly resource: Record<string, unknown>;
  readonly severity: number;
  readonly body: unknown;
  readonly attributes: Record<string, unknown>;
}

/** More than anybody reads. */
const mostLogs = 5_000;

/**
 * The access log's lines and the log records that name a trace, each in the order of their time. They are looked for from
 * an hour before the trace's spans to an hour after, and everywhere when it has none: requests are logged of which no
 * spans were kept. Nothing for an id that is none.
 */
export function logsOfTrace(
  sql: Sql,
  traceId: string,
  { limit = mostLogs }: { readonly limit?: number } = {},
): Promise<TraceLogs> {
  return guarded(sql, async () => {
    if (!isTraceId(traceId)) return { requests: [], logs: [], isWhole: true };
    const id = traceIdToUuid(traceId);
    const hours = await traceHours(sql, id);
    const around = hours
      ? sql`AND time_ns BETWEEN ${String(clampInt8(hours.fromNs - hourNs))}::bigint
          AND ${String(clampInt8(hours.toNs + hourNs))}::bigint`
      : sql``;
    const [requests, logs] = await Promise.all([
      sql<RequestRow[]>`
        SELECT ${requestColumns(sql)} FROM access_log WHERE trace_id = ${id} ${around}
        ORDER BY time_ns LIMIT ${limit + 1}`,
      sql<LogRow[]>`
        SELECT time_ns AS "timeNs", span_id AS "spanId", s.namespace, s.name, s.version,
          coalesce(r.attributes, '{}') AS resource, severity, body, log.attributes
        FROM log_record log JOIN telemetry_service s ON s.id = service_id
          LEFT JOIN telemetry_resource r ON r.id = resource_id
        WHERE trace_id = ${id} ${around} ORDER BY time_ns LIMIT ${limit + 1}`,
    ]);
    return {
      requests: await toRequests(sql, requests.slice(0, limit)),
      logs: logs.slice(0, limit).map(toLog),
      isWhole: requests.length <= limit && logs.length <= limit,
    };
  });
}

function toLog({ namespace, name, version, ...row }: LogRow): LogOfTrace {
  return {
    ...row,
    timeNs: BigInt(row.timeNs),
    spanId: row.spanId === null ? undefined : int8ToSpanId(row.spanId),
    service: { namespace, name, version },
  };
}
