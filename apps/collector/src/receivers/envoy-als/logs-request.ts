import { accessLogEvent } from "@weir/domain";
import { type Draft, encodeLogs, type LogRecord } from "@weir/telemetry/otlp";
import type { AccessRecord } from "./access-record.ts";
import { alsScope, nodeResource } from "./node-resource.ts";
import { logAttributes } from "./record-attributes.ts";
import type { ReportingNode } from "./reporting-node.ts";

/** INFO of OpenTelemetry's severities. */
const info = 9;

/** One OTLP logs request, in protobuf: a record of Weir's own access log for each request. */
export function encodeLogsRequest(
  node: ReportingNode,
  records: readonly AccessRecord[],
  batch: string,
): Buffer {
  const scopeLogs = [{ scope: alsScope(batch), logRecords: records.map(logRecord) }];
  return encodeLogs({ resourceLogs: [{ resource: nodeResource(node), scopeLogs }] }, "protobuf");
}

function logRecord(record: AccessRecord): Draft<LogRecord> {
  return {
    timeUnixNano: record.startNs,
    severityNumber: info,
    eventName: accessLogEvent,
    attributes: logAttributes(record),
    flags: record.trace?.sampled ? 1 : 0,
    traceId: record.trace?.traceId,
    spanId: record.trace?.spanId,
  };
}
