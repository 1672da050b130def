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
    for (const { scope, logRecords } of scopeLogs)
      for (const record of logRecords) {
        const timeNs = record.timeUnixNano || record.observedTimeUnixNano || receivedNs;
        if (!isTime(timeNs)) rejections.add("invalid_time");
        else if (eventNameOf(record) !== accessLogEvent)
          rows.logs.push(recordOf(record, timeNs, sender, scope, rules));
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
  scope: { readonly name: string; readonly version: string } | undefined,
  rules: AttributeRules,
): LogRecord {
  const { severityNumber, severityText, eventName } = record;
  const attributes = normaliseAttributes(record.attributes, rules);
  return {
    timeNs,
    ...traceContextOf(record),
    service,
    resource,
    severity: severityNumber >= 1 && severityNumber <= 24 ? severityNumber : severityOf(severityText),
    body: rules.applyToValue(record.body),
    // Records are many and most say nothing more: those make no object.
    attributes:
      eventName || severityText || scope?.name || scope?.version
        ? {
            ...attributes,
            ...given("event.name", eventName),
            ...given("severity_text", rules.maskText(severityText)),
            ...given("otel.scope.name", rules.maskText(scope?.name ?? "")),
            ...given("otel.scope.version", rules.maskText(scope?.version ?? "")),
          }
        : attributes,
  };
}

function given(name: string, text: string): Readonly<Record<string, string>> {
  return text === "" ? {} : { [name]: text };
}

const severityNames = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"] as const;

/**
 * The number of a text: `ERROR2` is 18; what only begins as a name, `warning`, is the lowest of its range; 0: it names
 * none (OpenTelemetry logs data model: SeverityNumber, displaying severity).
 */
function severityOf(text: string): number {
  if (text === "") return 0;
  const upper = text.slice(0, 7).toUpperCase();
  const range = severityNames.findIndex((name) => upper.startsWith(name));
  if (range < 0) return 0;
  const place = severityPlaces.indexOf(upper.slice(severityNames[range]?.length));
  return range * 4 + Math.max(place, 0) + 1;
}

const severityPlaces = ["", "2", "3", "4"];
