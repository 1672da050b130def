import { type Attributes, type AttributeValue, anyValue, attributes } from "../attributes.ts";
import { field, optional, repeated } from "../schema/field.ts";
import { unixNano } from "../schema/int64.ts";
import { message } from "../schema/message.ts";
import { enumeration, fixed32, hexId, string, uint32 } from "../schema/scalars.ts";
import { InstrumentationScope, Resource } from "./common.ts";

/** opentelemetry.proto.logs.v1.LogRecord */
export interface LogRecord {
  readonly timeUnixNano: bigint;
  readonly observedTimeUnixNano: bigint;
  /** 1 to 24, four to a level; 9 is INFO, 17 is ERROR. */
  readonly severityNumber: number;
  readonly severityText: string;
  readonly body: AttributeValue;
  readonly attributes: Attributes;
  readonly droppedAttributesCount: number;
  readonly flags: number;
  readonly traceId: string;
  readonly spanId: string;
  readonly eventName: string;
}

const severityNames = [
  "SEVERITY_NUMBER_UNSPECIFIED",
  ...["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"].flatMap((level) =>
    ["", "2", "3", "4"].map((step) => `SEVERITY_NUMBER_${level}${step}`),
  ),
];

const LogRecord = message<LogRecord>({
  timeUnixNano: field(1, unixNano),
  observedTimeUnixNano: field(11, unixNano),
  severityNumber: field(2, enumeration(severityNames)),
  severityText: field(3, string),
  body: field(5, anyValue),
  attributes: attributes(6),
  droppedAttributesCount: field(7, uint32),
  flags: field(8, fixed32),
  traceId: field(9, hexId),
  spanId: field(10, hexId),
  eventName: field(12, string),
});

export interface ScopeLogs {
  readonly scope: InstrumentationScope | undefined;
  readonly logRecords: readonly LogRecord[];
  readonly schemaUrl: string;
}

const ScopeLogs = message<ScopeLogs>({
  scope: optional(1, InstrumentationScope),
  logRecords: repeated(2, LogRecord),
  schemaUrl: field(3, string),
});

export interface ResourceLogs {
  readonly resource: Resource | undefined;
  readonly scopeLogs: readonly ScopeLogs[];
  readonly schemaUrl: string;
}

const ResourceLogs = message<ResourceLogs>({
  resource: optional(1, Resource),
  scopeLogs: repeated(2, ScopeLogs),
  schemaUrl: field(3, string),
});

/** opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest */
export interface ExportLogsServiceRequest {
  readonly resourceLogs: readonly ResourceLogs[];
}

export const ExportLogsServiceRequest = message<ExportLogsServiceRequest>({
  resourceLogs: repeated(1, ResourceLogs),
});
