import { type GraphSpan, meshAttributes, peerOf } from "@weir/domain";
import type { TransactionSql } from "../../connection/open-sql.ts";
import { clampInt8 } from "../copy-text.ts";
import { serviceKey } from "../dictionaries.ts";
import { statusError } from "../spans/span-block.ts";
import { hourNs } from "../time.ts";

interface Row {
  readonly trace: string;
  readonly spanId: string;
  readonly parentSpanId: string | null;
  readonly namespace: string;
  readonly name: string;
  readonly version: string;
  readonly kind: number;
  readonly status: number;
  readonly startNs: string;
  readonly durationNs: string;
  readonly attributes: Record<string, unknown>;
}

/** Traces run this far over the hours that their spans of the batch lie in, at most. */
const reachHours = 1;

/** The stored spans of traces (16 characters of 8 bits each) around some hours since 1970, by trace. */
export async function loadGraphSpans(
  transaction: TransactionSql,
  traces: readonly string[],
  hours: { readonly first: number; readonly last: number },
): Promise<Map<string, GraphSpan[]>> {
  const hex = traces.map((trace) => Buffer.from(trace, "latin1").toString("hex"));
  const fromNs = clampInt8(BigInt(hours.first - reachHours) * hourNs);
  const toNs = clampInt8(BigInt(hours.last + 1 + reachHours) * hourNs);
  const rows = await transaction<Row[]>`
    SELECT encode(uuid_send(trace_id), 'hex') AS trace, encode(int8send(span_id), 'hex') AS "spanId",
      encode(int8send(parent_span_id), 'hex') AS "parentSpanId", s.namespace, s.name, s.version, kind, status,
      start_ns AS "startNs", duration_ns AS "durationNs",
      coalesce(a.attributes, '{}') || coalesce(span.attributes, '{}') AS attributes
    FROM span JOIN telemetry_service s ON s.id = service_id
      LEFT JOIN telemetry_attribute_set a ON a.id = attribute_set_id
    WHERE trace_id = ANY(${hex}::uuid[]) AND start_ns >= ${String(fromNs)}::bigint
      AND start_ns < ${String(toNs)}::bigint`;
  const byTrace = new Map<string, GraphSpan[]>();
  for (const row of rows) {
    const trace = bytesOf(row.trace);
    const spans = byTrace.get(trace);
    if (spans) spans.push(graphSpanOf(row));
    else byTrace.set(trace, [graphSpanOf(row)]);
  }
  return byTrace;
}

function graphSpanOf(row: Row): GraphSpan {
  const service = serviceKey(row);
  return {
    spanId: bytesOf(row.spanId),
    parentSpanId: row.parentSpanId === null ? "" : bytesOf(row.parentSpanId),
    kind: row.kind,
    service,
    serviceName: service.slice(0, service.lastIndexOf("\0")),
    startMs: Number(row.startNs) / 1e6,
    durationNs: Number(row.durationNs),
    failed: row.status === statusError,
    sampled: isSampled(row.attributes),
    peer: peerOf(row.kind, row.attributes),
  };
}

/** A sidecar's spans are always a sample; of others' it was noted when they came. */
export function isSampled(attributes: Readonly<Record<string, unknown>>): boolean {
  return meshAttributes.reporter in attributes || attributes[meshAttributes.sampled] === true;
}

function bytesOf(hex: string): string {
  return Buffer.from(hex, "hex").toString("latin1");
}
