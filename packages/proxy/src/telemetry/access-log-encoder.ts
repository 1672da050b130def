import { accessLogEvent, type Decision, meshAttributes } from "@weir/domain/request-path";
import type { Attributes } from "@weir/telemetry/otlp";
import { AttributeKey, encodeMapItem } from "./attribute-writer.ts";
import type { EdgeSeries } from "./edge-series.ts";
import { edgeAttributes } from "./mesh-attributes.ts";
import { ProtoWriter } from "./proto-writer.ts";
import type { RequestRecord } from "./request-record.ts";
import { type resourceOf, scope } from "./resource.ts";

/** Field tags of OTLP's logs.proto. */
const tags = {
  time: 0x09,
  severity: 0x10,
  attribute: 0x32,
  flags: 0x45,
  traceId: 0x4a,
  spanId: 0x52,
  eventName: 0x62,
  logRecord: 0x12,
} as const;

const info = 9;
const traceIdBytes = 16;
const spanIdBytes = 8;
/** Longer paths are cut in logs: an entry must not grow as a caller likes. */
const maxPathLength = 4096;

const keys = {
  path: new AttributeKey(meshAttributes.path),
  host: new AttributeKey(meshAttributes.host),
  status: new AttributeKey(meshAttributes.status),
  grpcStatus: new AttributeKey(meshAttributes.grpcStatus),
  requestBytes: new AttributeKey(meshAttributes.requestBytes),
  responseBytes: new AttributeKey(meshAttributes.responseBytes),
  durationNs: new AttributeKey(meshAttributes.durationNs),
  upstreamNs: new AttributeKey(meshAttributes.upstreamNs),
  decisions: new AttributeKey(meshAttributes.decisions),
} as const;

/**
 * Access logs as OTLP, written as bytes the moment a request is over: kept as objects until they are sent they were
 * most of what the garbage collector had to do, and encoding them took longer than the rest of the request.
 */
export class AccessLogEncoder {
  readonly #writer = new ProtoWriter(64 * 1024);
  readonly #resource: Buffer;
  readonly #scope: Buffer;
  readonly #eventName: Buffer;
  /** What is the same for all requests of a series, by that series; it lives as long as they do. */
  readonly #edges = new WeakMap<EdgeSeries, Buffer>();
  readonly #decisions = new WeakMap<Decision, Buffer>();
  #entries = 0;

  constructor(resource: ReturnType<typeof resourceOf>) {
    this.#resource = message(0x0a, encodeAttributes(0x0a, resource.attributes ?? {}));
    this.#scope = message(0x0a, message(0x0a, Buffer.from(scope.name)));
    this.#eventName = message(tags.eventName, Buffer.from(accessLogEvent));
  }

  get entries(): number {
    return this.#entries;
  }

  /** Bytes written so far. */
  get bytes(): number {
    return this.#writer.length;
  }

  add(record: RequestRecord, series: EdgeSeries): void {
    const writer = this.#writer;
    this.#entries++;
    writer.byte(tags.logRecord);
    const start = writer.begin();
    writer.byte(tags.time);
    writer.nanoseconds(record.startMs);
    writer.byte(tags.severity);
    writer.byte(info);
    this.#addAttributes(record, series);
    writer.byte(tags.flags);
    writer.fixed32(record.sampled ? 1 : 0);
    if (record.traceId !== "") {
      writer.byte(tags.traceId);
      writer.byte(traceIdBytes);
      writer.hex(record.traceId);
      writer.byte(tags.spanId);
      writer.byte(spanIdBytes);
      writer.hex(record.spanId);
    }
    writer.raw(this.#eventName);
    writer.end(start);
  }

  /** One OTLP logs request for what was added since the last. */
  take(): Buffer {
    this.#entries = 0;
    const scopeLogs = message(0x12, Buffer.concat([this.#scope, this.#writer.take()]));
    return message(0x0a, Buffer.concat([this.#resource, scopeLogs]));
  }

  #addAttributes(record: RequestRecord, series: EdgeSeries): void {
    const writer = this.#writer;
    const tag = tags.attribute;
    writer.raw(this.#edgeOf(series));
    const { path } = record;
    keys.path.text(writer, tag, path.length > maxPathLength ? path.slice(0, maxPathLength) : path);
    keys.host.text(writer, tag, record.host);
    if (record.status !== 0) keys.status.integer(writer, tag, record.status);
    if (record.grpcStatus !== undefined) keys.grpcStatus.integer(writer, tag, record.grpcStatus);
    keys.requestBytes.integer(writer, tag, record.requestBytes);
    keys.responseBytes.integer(writer, tag, record.responseBytes);
    keys.durationNs.integer(writer, tag, Math.round(record.durationMs * 1e6));
    keys.upstreamNs.integer(writer, tag, Math.round(record.upstreamMs * 1e6));
    if (record.decisions.length > 0)
      keys.decisions.list(
        writer,
        tag,
        record.decisions.map((decision) => this.#decisionOf(decision)),
      );
  }

  #edgeOf(series: EdgeSeries): Buffer {
    let bytes = this.#edges.get(series);
    if (bytes === undefined) {
      const { sample } = series;
      const { protocol, method, flag, route } = sample;
      bytes = encodeAttributes(tags.attribute, {
        ...edgeAttributes(sample),
        [meshAttributes.protocol]: protocol,
        [meshAttributes.method]: method,
        ...(flag === "" ? {} : { [meshAttributes.responseFlag]: flag }),
        ...(route === "" ? {} : { [meshAttributes.route]: route }),
      });
      this.#edges.set(series, bytes);
    }
    return bytes;
  }

  #decisionOf(decision: Decision): Buffer {
    let bytes = this.#decisions.get(decision);
    if (bytes === undefined) {
      bytes = encodeMapItem({ ...decision });
      this.#decisions.set(decision, bytes);
    }
    return bytes;
  }
}

function encodeAttributes(tag: number, attributes: Attributes): Buffer {
  const writer = new ProtoWriter(512);
  for (const [key, value] of Object.entries(attributes))
    new AttributeKey(key).text(writer, tag, String(value));
  return writer.take();
}

function message(tag: number, content: Buffer): Buffer {
  const writer = new ProtoWriter(content.length + 8);
  writer.byte(tag);
  writer.varint(content.length);
  writer.raw(content);
  return writer.take();
}
