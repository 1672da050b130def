import { accessLogEvent } from "@weir/domain";
import type { AccessLogRecord, LogRecord } from "@weir/store";
import type { ExportLogsServiceRequest, LogRecord as OtlpLogRecord } from "@weir/telemetry/otlp";
import { accessLogOf } from "./access-log.ts";
import type { AttributeRules } from "./attribute-rules/attribute-rules.ts";
import { normaliseAttributes } from "./attribute-rules/normalise-attributes.ts";
import { traceContextOf } from "./ids.ts";
import type { Rejections } from "./rejections.ts";
import { redactedSender, type Sender, senderOf } from "./sender.ts";
import { isTime } from "./times.ts";

export interface LogRows {
  readonly logs: LogRecord[];
  readonly accessLogs: AccessLogRecord[];
}

/**
 * The records of a request as rows: the mesh's access logs apart, all others as they are. A record without any time
 * gets `receivedNs` (OpenTelemetry logs data model: Timestamp, ObservedTimestamp).
 */
export function logsOf(
  request: ExportLogsServiceRequest,
  receivedNs: bigint,
  rules: AttributeRules,
  rejections: Rejections,
): LogRows {
  const rows: LogRows = { logs: [], accessLogs: [] };
  for (const { resource, scopeLogs } of request.resourceLogs) {
    const sender = redactedSender(senderOf(resource), rules);
    for (const { logRecords } of scopeLogs)
      for (const record of logRecords) {
        const timeNs = record.timeUnixNano || record.observedTimeUnixNano || receivedNs;
        if (!isTime(timeNs)) rejections.add("invalid_time");
        else if (eventNameOf(record) !== accessLogEvent)
          rows.logs.push(recordOf(record, timeNs, sender, rules));
        else {
          const accessLog = accessLogOf(record, timeNs, rules);
          if (accessLog) rows.accessLogs.push(accessLog);
          else rejections.add("missing_attribute");
        }
      }
  }
  return rows;
}

/** Senders of before the field existed write the name as an attribute. */
function eventNameOf(record: OtlpLogRecord): unknown {
  return record.eventName || record.attributes["event.name"];
}

function recordOf(
  record: OtlpLogRecord,
  timeNs: bigint,
  { service, resource }: Sender,
  rules: AttributeRules,
): LogRecord {
  const { severityNumber: severity, eventName } = record;
  const attributes = normaliseAttributes(record.attributes, rules);
  return {
    timeNs,
    ...traceContextOf(record),
    service,
    resource,
    severity: severity >= 0 && severity <= 24 ? severity : 0,
    body: rules.applyToValue(record.body),
    attributes: eventName === "" ? attributes : { ...attributes, "event.name": eventName },
  };
}
