import type { PendingQuery, Row, Sql } from "postgres";
import { int8ToSpanId, uuidToTraceId } from "../ids.ts";
import type { AccessLogRecord, EdgeEnd } from "../records.ts";

/** A row of `access_log` as {@link requestColumns} gives it. */
export interface RequestRow {
  readonly timeNs: string;
  readonly traceId: string | null;
  readonly spanId: string | null;
  readonly reporter: number;
  readonly sourceId: number;
  readonly destinationId: number;
  readonly protocol: string;
  readonly method: string;
  readonly path: string;
  readonly host: string | null;
  readonly status: number;
  readonly flag: string;
  readonly durationNs: string;
  readonly upstreamNs: string;
  readonly requestBytes: string;
  readonly responseBytes: string;
  readonly decisions: unknown[];
}

/** Of `access_log`, whose services are looked up for all rows at once. */
export function requestColumns(sql: Sql): PendingQuery<Row[]> {
  return sql`time_ns AS "timeNs", trace_id AS "traceId", span_id AS "spanId", reporter, source_id AS "sourceId",
    destination_id AS "destinationId", protocol, method, path, host, status, flag, duration_ns AS "durationNs",
    upstream_ns AS "upstreamNs", request_bytes AS "requestBytes", response_bytes AS "responseBytes", decisions`;
}

/** The records that were stored, as they came. */
export async function toRequests(sql: Sql, rows: readonly RequestRow[]): Promise<AccessLogRecord[]> {
  const ids = new Set(rows.flatMap(({ sourceId, destinationId }) => [sourceId, destinationId]));
  const ends = await readEnds(sql, ids);
  return rows.map(({ sourceId, destinationId, ...row }) => ({
    ...row,
    timeNs: BigInt(row.timeNs),
    traceId: row.traceId === null ? undefined : uuidToTraceId(row.traceId),
    spanId: row.spanId === null ? undefined : int8ToSpanId(row.spanId),
    reporter: row.reporter === 0 ? "source" : "destination",
    source: ends.get(sourceId) ?? unknown,
    destination: ends.get(destinationId) ?? unknown,
    host: row.host ?? undefined,
    durationNs: BigInt(row.durationNs),
    upstreamNs: BigInt(row.upstreamNs),
    requestBytes: BigInt(row.requestBytes),
    responseBytes: BigInt(row.responseBytes),
  }));
}

const unknown: EdgeEnd = { namespace: "", service: "", version: "" };

/** Services by their id. */
export async function readEnds(sql: Sql, ids: ReadonlySet<number>): Promise<Map<number, EdgeEnd>> {
  if (ids.size === 0) return new Map();
  const rows = await sql<(EdgeEnd & { id: number })[]>`
    SELECT id, namespace, name AS service, version FROM telemetry_service WHERE id = ANY(${[...ids]}::int[])`;
  return new Map(rows.map(({ id, ...end }) => [id, end]));
}
