import { accessLogEvent, type Decision, meshAttributes, sparedVerdict } from "@weir/domain/request-path";
import type { AttributeValue } from "@weir/telemetry/otlp";
import { AttributeKey, encodeMapItem } from "./attribute-writer.ts";
import { edgeAttributes } from "./mesh-attributes.ts";
import { ProtoWriter, wideVarintBytes } from "./proto-writer.ts";
import type { RequestRecord } from "./request-record.ts";

/** Field tags of OTLP's logs.proto. */
const tags = {
  time: 0x09,
  severity: 0x10,
  attribute: 0x32,
  flags: 0x45,
  traceId: 0x4a,
  spanId: 0x52,
  eventName: 0x62,
} as const;

const info = 9;
const traceIdBytes = 16;
const spanIdBytes = 8;

/** Where the parts of a record are that differ from request to request, from its first byte. */
interface Places {
  readonly time: number;
  readonly requestBytes: number;
  readonly responseBytes: number;
  readonly durationNs: number;
  readonly upstreamNs: number;
  readonly flags: number;
  /** Absent: the request has no trace. */
  readonly traceId: number | undefined;
  readonly spanId: number | undefined;
}

/**
 * An access-log record as bytes, with room for what differs from request to request. Requests of one edge that got
 * the same status and the same decisions share one: a record is then a copy with a few numbers put in.
 */
export class AccessLogTemplate {
  readonly bytes: Buffer;
  readonly places: Places;
  readonly #status: number;
  readonly #host: string;
  readonly #traced: boolean;
  readonly #decisions: readonly Decision[];

  constructor(record: RequestRecord) {
    this.#status = record.status;
    this.#host = record.host;
    this.#traced = record.traceId !== "";
    this.#decisions = [...record.decisions];
    const writer = new ProtoWriter(1024);
    const room = (bytes: number): number => {
      writer.raw(Buffer.alloc(bytes));
      return writer.length - bytes;
    };
    const number = (key: string): number =>
      new AttributeKey(key).wideInteger(writer, tags.attribute, wideVarintBytes);
    writer.byte(tags.time);
    const time = room(8);
    writer.raw(Buffer.from([tags.severity, info]));
    writeAttributes(writer, record);
    const numbers = {
      requestBytes: number(meshAttributes.requestBytes),
      responseBytes: number(meshAttributes.responseBytes),
      durationNs: number(meshAttributes.durationNs),
      upstreamNs: number(meshAttributes.upstreamNs),
    };
    writer.byte(tags.flags);
    const flags = room(4);
    const id = (tag: number, bytes: number): number | undefined => {
      if (!this.#traced) return undefined;
      writer.raw(Buffer.from([tag, bytes]));
      return room(bytes);
    };
    const traceId = id(tags.traceId, traceIdBytes);
    const spanId = id(tags.spanId, spanIdBytes);
    const name = Buffer.from(accessLogEvent);
    writer.raw(Buffer.from([tags.eventName, name.length]));
    writer.raw(name);
    this.places = { time, ...numbers, flags, traceId, spanId };
    this.bytes = writer.take();
  }

  /** Whether it is right for a record of the same series. */
  fits({ status, host, traceId, decisions }: RequestRecord): boolean {
    if (status !== this.#status || host !== this.#host || (traceId !== "") !== this.#traced) return false;
    const own = this.#decisions;
    if (decisions.length !== own.length) return false;
    for (let i = 0; i < own.length; i++) if (decisions[i] !== own[i]) return false;
    return true;
  }
}

function writeAttributes(writer: ProtoWriter, record: RequestRecord): void {
  const { protocol, method, host, status, grpcStatus, flag, route, decisions } = record;
  const attributes: Record<string, AttributeValue> = {
    ...edgeAttributes(record),
    [meshAttributes.protocol]: protocol,
    [meshAttributes.method]: method,
    [meshAttributes.host]: host,
  };
  if (flag !== "") attributes[meshAttributes.responseFlag] = flag;
  if (route !== "") attributes[meshAttributes.route] = route;
  for (const [key, value] of Object.entries(attributes))
    new AttributeKey(key).text(writer, tags.attribute, String(value));
  if (status !== 0) new AttributeKey(meshAttributes.status).integer(writer, tags.attribute, status);
  if (grpcStatus !== undefined)
    new AttributeKey(meshAttributes.grpcStatus).integer(writer, tags.attribute, grpcStatus);
  const told = toldOf(decisions);
  if (told.length > 0) {
    const items = told.map((decision) => encodeMapItem({ ...decision }));
    new AttributeKey(meshAttributes.decisions).list(writer, tags.attribute, items);
  }
}

/** Above so many, policies that say no more of a request than that others let it in are left to the counts. */
const mostTold = 16;

function toldOf(decisions: readonly Decision[]): readonly Decision[] {
  return decisions.length <= mostTold
    ? decisions
    : decisions.filter(({ verdict }) => verdict !== sparedVerdict);
}
