import { copyIn } from "../connection/copy-stream.ts";
import type { TransactionSql } from "../connection/open-sql.ts";
import {
  type CopyField,
  copyFloat8,
  copyInt2,
  copyInt8,
  copyJson,
  copyNull,
  copyRows,
  copyText,
} from "./copy-text.ts";
import { spanIdToInt8, traceIdToUuid } from "./ids.ts";
import type { ResolvedRequest } from "./resolved-batch.ts";
import { msToNs } from "./time.ts";

type Rows = Iterable<readonly CopyField[]>;

/** COPY of what is kept row by row, but for spans. The columns of each statement stand in the order of its row function. */
export async function copyEvidence(
  transaction: TransactionSql,
  requests: readonly ResolvedRequest[],
): Promise<void> {
  const accessLogs = requests.flatMap((request) => request.accessLogs.map(accessLogRow));
  const logs = requests.flatMap((request) => request.logs.map(logRow));
  const metricPoints = requests.flatMap((request) => request.metricPoints.map(metricRow));
  if (accessLogs.length > 0)
    await copy(
      transaction`COPY access_log (time_ns, trace_id, span_id, reporter, source_id, destination_id, protocol, method,
        path, host, status, flag, duration_ns, upstream_ns, request_bytes, response_bytes, decisions) FROM STDIN`,
      accessLogs,
    );
  if (logs.length > 0)
    await copy(
      transaction`COPY log_record (time_ns, trace_id, span_id, service_id, resource_id, severity, body, attributes)
        FROM STDIN`,
      logs,
    );
  if (metricPoints.length > 0)
    await copy(
      transaction`COPY metric_point (time_ns, service_id, resource_id, name, unit, kind, attributes, value, histogram)
        FROM STDIN`,
      metricPoints,
    );
}

async function copy(statement: ReturnType<TransactionSql>, rows: Rows): Promise<void> {
  await copyRows(await copyIn(statement), rows);
}

function accessLogRow(record: ResolvedRequest["accessLogs"][number]): CopyField[] {
  return [
    copyInt8(record.timeNs),
    optional(record.traceId, traceIdToUuid),
    optional(record.spanId, spanIdText),
    record.reporter === "source" ? "0" : "1",
    String(record.sourceId),
    String(record.destinationId),
    copyText(record.protocol),
    copyText(record.method),
    copyText(record.path),
    copyText(record.host),
    copyInt2(record.status),
    copyText(record.flag),
    copyInt8(record.durationNs),
    copyInt8(record.upstreamNs),
    copyInt8(record.requestBytes),
    copyInt8(record.responseBytes),
    copyJson(record.decisions),
  ];
}

function logRow(record: ResolvedRequest["logs"][number]): CopyField[] {
  return [
    copyInt8(record.timeNs),
    optional(record.traceId, traceIdToUuid),
    optional(record.spanId, spanIdText),
    String(record.serviceId),
    String(record.resourceId),
    copyInt2(record.severity),
    copyJson(record.body),
    copyJson(record.attributes),
  ];
}

function metricRow(point: ResolvedRequest["metricPoints"][number]): CopyField[] {
  return [
    copyInt8(msToNs(point.timeMs)),
    String(point.serviceId),
    String(point.resourceId),
    copyText(point.name),
    copyText(point.unit),
    copyText(point.kind),
    copyJson(point.attributes),
    copyFloat8(point.value),
    copyJson(point.histogram),
  ];
}

function optional(value: string | undefined, convert: (value: string) => CopyField): CopyField {
  return value === undefined ? copyNull : convert(value);
}

function spanIdText(spanId: string): CopyField {
  return String(spanIdToInt8(spanId));
}
