import { accessLogEvent, meshAttributes } from "@weir/domain/request-path";
import { type Draft, encodeLogs, type LogRecord } from "@weir/telemetry/otlp";
import { requestAttributes } from "./mesh-attributes.ts";
import { nanoseconds, type RequestRecord } from "./request-record.ts";
import { type resourceOf, scope } from "./resource.ts";

const info = 9;

/** One OTLP logs request, in protobuf: an access-log record for each record. */
export function encodeLogsRequest(
  resource: ReturnType<typeof resourceOf>,
  records: readonly RequestRecord[],
): Buffer {
  const logRecords = records.map(logOf);
  return encodeLogs({ resourceLogs: [{ resource, scopeLogs: [{ scope, logRecords }] }] }, "protobuf");
}

function logOf(record: RequestRecord): Draft<LogRecord> {
  const attributes = requestAttributes(record);
  attributes[meshAttributes.durationNs] = Math.round(record.durationMs * 1e6);
  if (record.decisions.length > 0)
    attributes[meshAttributes.decisions] = record.decisions.map((decision) => ({ ...decision }));
  const { traceId, spanId, startMs, sampled } = record;
  return {
    timeUnixNano: nanoseconds(startMs),
    severityNumber: info,
    eventName: accessLogEvent,
    attributes,
    flags: sampled ? 1 : 0,
    traceId,
    spanId,
  };
}
