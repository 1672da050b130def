import { bytesToText, type SpanBlock, SpanBlockWriter, type SpanDictionary } from "@weir/store";
import { OtlpDecodeError } from "@weir/telemetry/otlp";
import type { AttributeRules } from "../attribute-rules/attribute-rules.ts";
import type { RejectionReason, Rejections } from "../rejections.ts";
import { SpanAttributes } from "./span-attributes.ts";
import { SpanFields } from "./span-fields.ts";
import { eventsJson, linksJson } from "./span-lists.ts";
import { type SpanSender, SpanSenders } from "./span-senders.ts";
import { WireCursor, WireFault, wire } from "./wire-cursor.ts";

export interface SpanDecoderSettings {
  readonly dictionary: SpanDictionary;
  readonly rules: AttributeRules;
  /** Absent: nothing is left out. */
  readonly sampler?: SpanSampler | undefined;
}

/** Decides which spans are kept, by the 16 bytes of their trace's id that stand at `at`, and its tracestate. */
export interface SpanSampler {
  keepsBytes(body: Buffer, at: number, traceState: string): boolean;
}

export interface DecodedSpans {
  readonly block: SpanBlock;
  /** Spans that came. */
  readonly items: number;
  /** Of them, left out by sampling. */
  readonly sampledOut: number;
  /** Of them, in the block without their scope, which was too long. */
  readonly withoutScope: number;
}

const resourceSpansTag = (1 << 3) | wire.lengthDelimited;
const scopeSpansTag = (2 << 3) | wire.lengthDelimited;
const spansTag = (2 << 3) | wire.lengthDelimited;
const partTag = (1 << 3) | wire.lengthDelimited; // a resource, or a scope

/**
 * From a protobuf body (ExportTraceServiceRequest) to rows, without an object for every attribute: at tens of thousands
 * of spans a second, making those would cost more than all the rest. Remembers names, senders and what spans have in
 * common from one body to the next.
 */
export class SpanDecoder {
  readonly #settings: SpanDecoderSettings;
  readonly #senders: SpanSenders;
  readonly #attributes: SpanAttributes;
  readonly #fields = new SpanFields();

  constructor(settings: SpanDecoderSettings) {
    this.#settings = settings;
    this.#senders = new SpanSenders(settings.dictionary, settings.rules);
    this.#attributes = new SpanAttributes(settings.dictionary, settings.rules);
  }

  /** Spans that cannot be taken are counted in `rejections`. Throws OtlpDecodeError: then none is taken. */
  decode(body: Buffer, rejections: Rejections): DecodedSpans {
    const cursor = new WireCursor(body);
    const decoding: Decoding = {
      ...{ cursor, rejections, items: 0, sampledOut: 0, withoutScope: 0 },
      writer: new SpanBlockWriter(body.length),
    };
    try {
      while (cursor.at < body.length) {
        const tag = cursor.varint(body.length);
        if (tag === resourceSpansTag) this.#resourceSpans(decoding, cursor.lengthEnd(body.length));
        else cursor.passOver(tag, body.length);
      }
    } catch (cause) {
      if (!(cause instanceof WireFault)) throw cause;
      throw new OtlpDecodeError(`not valid protobuf near byte ${cursor.at}: ${cause.message}`, { cause });
    }
    const { writer, items, sampledOut, withoutScope } = decoding;
    return { block: writer.finish(), items, sampledOut, withoutScope };
  }

  /** The resource may stand behind its spans, so it is looked for first. */
  #resourceSpans(decoding: Decoding, end: number): void {
    const { cursor } = decoding;
    const start = cursor.at;
    let [from, to] = [start, start];
    eachField(cursor, end, (tag, fieldEnd) => {
      if (tag === partTag) [from, to] = [cursor.at, fieldEnd];
    });
    const sender = this.#senders.find(cursor.body, from, to);
    cursor.at = start;
    eachField(cursor, end, (tag, fieldEnd) => {
      if (tag === scopeSpansTag) this.#scopeSpans(decoding, sender, fieldEnd);
    });
  }

  #scopeSpans(decoding: Decoding, sender: SpanSender, end: number): void {
    const { cursor } = decoding;
    const start = cursor.at;
    let [from, to] = [start, start];
    eachField(cursor, end, (tag, fieldEnd) => {
      if (tag === partTag) [from, to] = [cursor.at, fieldEnd];
    });
    this.#attributes.setScope(cursor.body, from, to);
    cursor.at = start;
    eachField(cursor, end, (tag, fieldEnd) => {
      if (tag === spansTag) this.#span(decoding, sender, fieldEnd);
    });
  }

  #span(decoding: Decoding, sender: SpanSender, end: number): void {
    const { cursor, writer, rejections } = decoding;
    const { rules, sampler, dictionary } = this.#settings;
    const fields = this.#fields;
    fields.read(cursor, end);
    decoding.items++;
    const fault = faultOf(cursor.body, fields);
    if (fault) {
      rejections.add(fault);
      return;
    }
    if (sampler?.keepsBytes(cursor.body, fields.traceId, traceStateOf(cursor.body, fields)) === false) {
      decoding.sampledOut++;
      return;
    }
    const { body } = cursor;
    fields.kind = fields.kind <= 5 ? fields.kind : 0;
    fields.status = fields.status <= 2 ? fields.status : 0;
    if (this.#attributes.isScopeTooLong) decoding.withoutScope++;
    writer.begin(body, fields);
    const described = this.#attributes.write(writer, cursor, fields, sender.shared, sampler !== undefined);
    if (fields.statusMessageTo > fields.statusMessageFrom)
      writer.text(rules.maskText(bytesToText(body, fields.statusMessageFrom, fields.statusMessageTo)));
    else writer.null();
    if (fields.events.length > 0) writer.json(eventsJson(body, fields.events, rules));
    else writer.null();
    if (fields.links.length > 0) writer.json(linksJson(body, fields.links, rules));
    else writer.null();
    const service = described.service ? dictionary.service(described.service) : sender.service;
    const operation =
      service === sender.service
        ? sender.operation(body, fields.nameFrom, fields.nameTo)
        : dictionary.operation(service, rules.maskText(bytesToText(body, fields.nameFrom, fields.nameTo)));
    writer.end(service, operation, sender.resource, described);
    cursor.at = end;
  }
}

interface Decoding {
  readonly cursor: WireCursor;
  readonly writer: SpanBlockWriter;
  readonly rejections: Rejections;
  items: number;
  sampledOut: number;
  withoutScope: number;
}

function traceStateOf(body: Buffer, { traceStateFrom, traceStateTo }: SpanFields): string {
  return traceStateTo > traceStateFrom ? body.toString("latin1", traceStateFrom, traceStateTo) : "";
}

/** Calls `field` at the beginning of every length-delimited field, and goes on behind it. */
function eachField(cursor: WireCursor, end: number, field: (tag: number, fieldEnd: number) => void): void {
  while (cursor.at < end) {
    const tag = cursor.varint(end);
    if ((tag & 7) !== wire.lengthDelimited) cursor.passOver(tag, end);
    else {
      const fieldEnd = cursor.lengthEnd(end);
      field(tag, fieldEnd);
      cursor.at = fieldEnd;
    }
  }
  if (cursor.at !== end) throw new WireFault("a field reaches past the end of its message");
}

/** Postgres keeps nanoseconds as a signed 64-bit integer: until the year 2262. */
const firstUnsignedHigh = 2 ** 31;

function faultOf(body: Buffer, fields: SpanFields): RejectionReason | undefined {
  if (fields.traceIdLength !== 16 || isZero(body, fields.traceId, 16)) return "invalid_trace_id";
  if (fields.spanIdLength !== 8 || isZero(body, fields.spanId, 8)) return "invalid_span_id";
  if (fields.parentIdLength === 0) fields.parentSpanId = -1;
  else if (fields.parentIdLength !== 8) return "invalid_span_id";
  else if (isZero(body, fields.parentSpanId, 8)) fields.parentSpanId = -1; // how some senders write a missing parent
  return isTime(body, fields.startNs) && isTime(body, fields.endNs) ? undefined : "invalid_time";
}

function isTime(body: Buffer, at: number): boolean {
  return at >= 0 && body.readUInt32LE(at + 4) < firstUnsignedHigh && !isZero(body, at, 8);
}

function isZero(body: Buffer, from: number, length: number): boolean {
  for (let i = from; i < from + length; i++) if (body[i] !== 0) return false;
  return true;
}
