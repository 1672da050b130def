import { meshAttributes } from "@weir/domain/request-path";
import { AccessLogTemplate } from "./access-log-template.ts";
import { AttributeKey } from "./attribute-writer.ts";
import type { EdgeSeries } from "./edge-series.ts";
import { ProtoWriter, varintBytes } from "./proto-writer.ts";
import type { RequestRecord } from "./request-record.ts";
import { type resourceOf, scope } from "./resource.ts";

/** Field tags of OTLP's logs.proto, from the request down to its records. */
const tags = {
  resourceLogs: 0x0a,
  resource: 0x0a,
  scopeLogs: 0x12,
  scope: 0x0a,
  record: 0x12,
  attribute: 0x32,
};
/** Of resource.proto and common.proto. */
const resourceAttributeTag = 0x0a;
const scopeNameTag = 0x0a;

/** Longer paths are cut in logs: an entry must not grow as a caller likes. */
const maxPathLength = 4096;
/** Templates of one series: more than its statuses and the outcomes of its policies usually are. */
const maxTemplates = 64;

const path = new AttributeKey(meshAttributes.path);

/**
 * Access logs as OTLP, written as bytes the moment a request is over: kept as objects until they are sent they were
 * most of what the garbage collector had to do, and encoding them took longer than the rest of the request.
 */
export class AccessLogEncoder {
  readonly #writer = new ProtoWriter(64 * 1024);
  readonly #resource: Buffer;
  readonly #scope: Buffer;
  /** They live as long as the series do. */
  readonly #templates = new WeakMap<EdgeSeries, AccessLogTemplate[]>();
  #entries = 0;

  constructor(resource: ReturnType<typeof resourceOf>) {
    const attributes = new ProtoWriter(512);
    for (const [key, value] of Object.entries(resource.attributes ?? {}))
      new AttributeKey(key).text(attributes, resourceAttributeTag, String(value));
    this.#resource = message(tags.resource, attributes.take());
    this.#scope = message(tags.scope, message(scopeNameTag, Buffer.from(scope.name)));
  }

  get entries(): number {
    return this.#entries;
  }

  /** Bytes written so far. */
  get bytes(): number {
    return this.#writer.length;
  }

  /** `series` is the one that the record was counted in. */
  add(record: RequestRecord, series: EdgeSeries): void {
    const writer = this.#writer;
    const { bytes, places } = this.#templateOf(record, series);
    this.#entries++;
    writer.byte(tags.record);
    const start = writer.begin();
    writer.raw(bytes);
    writer.patchNanoseconds(start + places.time, record.startMs);
    writer.patchVarint(start + places.requestBytes, record.requestBytes);
    writer.patchVarint(start + places.responseBytes, record.responseBytes);
    writer.patchVarint(start + places.durationNs, Math.round(record.durationMs * 1e6));
    writer.patchVarint(start + places.upstreamNs, Math.round(record.upstreamMs * 1e6));
    if (record.sampled) writer.patchByte(start + places.flags, 1);
    if (places.traceId !== undefined) writer.patchHex(start + places.traceId, record.traceId);
    if (places.spanId !== undefined) writer.patchHex(start + places.spanId, record.spanId);
    const text = record.path;
    path.text(writer, tags.attribute, text.length > maxPathLength ? text.slice(0, maxPathLength) : text);
    writer.end(start);
  }

  /** One OTLP logs request for what was added since the last. */
  take(): Buffer {
    this.#entries = 0;
    const records = this.#writer.length;
    const scopeLength = this.#scope.length + records;
    const head = new ProtoWriter(this.#resource.length + this.#scope.length + 16);
    head.byte(tags.resourceLogs);
    head.varint(this.#resource.length + 1 + varintBytes(scopeLength) + scopeLength);
    head.raw(this.#resource);
    head.byte(tags.scopeLogs);
    head.varint(scopeLength);
    head.raw(this.#scope);
    return this.#writer.take(head.take());
  }

  #templateOf(record: RequestRecord, series: EdgeSeries): AccessLogTemplate {
    let templates = this.#templates.get(series);
    if (templates === undefined) {
      templates = [];
      this.#templates.set(series, templates);
    }
    for (let i = 0; i < templates.length; i++) {
      const template = templates[i] as AccessLogTemplate;
      if (template.fits(record)) return template;
    }
    const made = new AccessLogTemplate(record);
    if (templates.length >= maxTemplates) templates.length = 0;
    templates.push(made);
    return made;
  }
}

function message(tag: number, content: Buffer): Buffer {
  const writer = new ProtoWriter(content.length + 8);
  writer.byte(tag);
  writer.varint(content.length);
  writer.raw(content);
  return writer.take();
}
