import type { GraphSpan } from "@weir/domain";
import type { AttributesEntry, OperationEntry, ServiceEntry } from "./dictionary-entry.ts";

/**
 * Spans of one request as rows of `span`, ready for a binary COPY but for the numbers of their dictionary entries, which
 * are known only when they are committed. Made by {@link SpanBlockWriter}, or by `spanBlockOf` from records.
 */
export interface SpanBlock {
  /** How many spans. */
  readonly length: number;
  /** The rows one behind the other; where each begins is in `offsets`. */
  readonly rows: Buffer;
  readonly offsets: readonly number[];
  readonly services: readonly ServiceEntry[];
  readonly operations: readonly OperationEntry[];
  readonly resources: readonly AttributesEntry[];
  /** Undefined: all attributes of the span are its own. */
  readonly attributeSets: readonly (AttributesEntry | undefined)[];
  /** 16 characters of 8 bits, the trace id's bytes. */
  readonly traces: readonly string[];
  /** What the service graph needs of each span; ids are 8 characters of 8 bits. */
  readonly facts: readonly GraphSpan[];
}

/** Where the fields of a row stand, from its offset; the columns are those of {@link spanColumns}. */
export const rowLayout = {
  traceId: 6,
  spanId: 26,
  startNs: 38,
  durationNs: 50,
  serviceId: 62,
  operationId: 70,
  resourceId: 78,
  attributeSetId: 86,
  kind: 94,
  status: 100,
  /** Where the columns begin that may be null, and have no fixed place. */
  end: 102,
} as const;

/** In the order in which a row has them. */
export const spanColumns = [
  "trace_id",
  "span_id",
  "start_ns",
  "duration_ns",
  "service_id",
  "operation_id",
  "resource_id",
  "attribute_set_id",
  "kind",
  "status",
  "parent_span_id",
  "attributes",
  "status_message",
  "events",
  "links",
] as const;

export const statusError = 2;
