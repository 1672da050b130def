import { type Peer, peerOf } from "@weir/domain";
import { clampInt8, copyInt2 } from "../copy-text.ts";
import { isTraceId, spanIdToInt8, traceIdToUuid } from "../ids.ts";
import { jsonText } from "../json-text.ts";
import type { SpanRecord } from "../records.ts";
import { isSampled } from "../span-graph/load-graph-spans.ts";
import type { SpanBlock } from "./span-block.ts";
import { SpanBlockWriter, type SpanHead } from "./span-block-writer.ts";
import { SpanDictionary } from "./span-dictionary.ts";

const head: SpanHead = {
  ...{ traceId: 0, spanId: 16, parentSpanId: 24, startNs: 32, endNs: 40 },
  ...{ kind: 0, status: 0 },
};

/**
 * Spans from records, for whoever has no OTLP body to read them from. All their attributes are their own.
 * Throws InvalidRecord for an id that is none.
 */
export function spanBlockOf(
  records: Iterable<SpanRecord>,
  dictionary: SpanDictionary = new SpanDictionary(),
): SpanBlock {
  const writer = new SpanBlockWriter();
  for (const record of records) add(writer, record, dictionary);
  return writer.finish();
}

function add(writer: SpanBlockWriter, record: SpanRecord, dictionary: SpanDictionary): void {
  const service = dictionary.service(record.service);
  writer.begin(bytesOf(record), {
    ...head,
    parentSpanId: record.parentSpanId === undefined ? -1 : head.parentSpanId,
    kind: Number(copyInt2(record.kind)),
    status: Number(copyInt2(record.status)),
  });
  writer.json(jsonText(record.attributes));
  if (record.statusMessage === undefined) writer.null();
  else writer.text(record.statusMessage);
  for (const list of [record.events, record.links])
    if (list === undefined) writer.null();
    else writer.json(jsonText(list));
  const peer: Peer | undefined = peerOf(record.kind, record.attributes);
  const operation = dictionary.operation(service, record.operation);
  const sampled = isSampled(record.attributes);
  writer.end(service, operation, dictionary.resource(jsonText(record.resource)), {
    set: undefined,
    peer,
    sampled,
  });
}

/** The fields of a {@link SpanHead} one behind the other. */
function bytesOf({ traceId, spanId, parentSpanId, startNs, durationNs }: SpanRecord): Buffer {
  const bytes = Buffer.alloc(48);
  if (!isTraceId(traceId)) traceIdToUuid(traceId); // says what is wrong
  bytes.write(traceId, head.traceId, "hex");
  bytes.writeBigInt64BE(spanIdToInt8(spanId), head.spanId);
  if (parentSpanId !== undefined) bytes.writeBigInt64BE(spanIdToInt8(parentSpanId), head.parentSpanId);
  const start = clampInt8(startNs);
  bytes.writeBigInt64LE(start, head.startNs);
  bytes.writeBigInt64LE(clampInt8(start + durationNs), head.endNs);
  return bytes;
}
