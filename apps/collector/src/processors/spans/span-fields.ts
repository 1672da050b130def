import type { SpanHead } from "@weir/store";
import type { AttributeKey, KeyRule } from "./attribute-keys.ts";
import { type WireCursor, WireFault, wire } from "./wire-cursor.ts";

/** One attribute: where its name, its value (an AnyValue) and the whole of it stand in the body. */
export interface AttributeRange {
  from: number;
  to: number;
  nameFrom: number;
  nameTo: number;
  valueFrom: number;
  valueTo: number;
  /** What is known of its name, once it has been looked at. */
  key: AttributeKey | undefined;
  known: KeyRule | undefined;
  /** The one of lowest rank counts where several have the same name. */
  rank: number;
  /** Of a part of what stands in the range; undefined: the range holds the value. */
  part: string | undefined;
}

/** What one strange span has of them is not held for all that come after it. */
const mostKept = 1_000;

/** A list that is filled again with every span, so that none has to be made. */
export class Ranges<T> {
  readonly items: T[] = [];
  length = 0;
  readonly #make: () => T;

  constructor(make: () => T) {
    this.#make = make;
  }

  clear(): void {
    this.length = 0;
    if (this.items.length > mostKept) this.items.length = mostKept;
  }

  next(): T {
    const item = this.items[this.length] ?? this.#make();
    this.items[this.length++] = item;
    return item;
  }
}

export interface Range {
  from: number;
  to: number;
}

// Field numbers of opentelemetry.proto.trace.v1.Span, with their wire types.
const tags = {
  traceId: (1 << 3) | wire.lengthDelimited,
  spanId: (2 << 3) | wire.lengthDelimited,
  traceState: (3 << 3) | wire.lengthDelimited,
  parentSpanId: (4 << 3) | wire.lengthDelimited,
  name: (5 << 3) | wire.lengthDelimited,
  kind: (6 << 3) | wire.varint,
  start: (7 << 3) | wire.fixed64,
  end: (8 << 3) | wire.fixed64,
  attributes: (9 << 3) | wire.lengthDelimited,
  events: (11 << 3) | wire.lengthDelimited,
  links: (13 << 3) | wire.lengthDelimited,
  status: (15 << 3) | wire.lengthDelimited,
} as const;
const statusMessageTag = (2 << 3) | wire.lengthDelimited;
const statusCodeTag = (3 << 3) | wire.varint;

/**
 * Where the fields of one span stand in a body. One object serves all spans: `read` fills it anew. Of a field that comes
 * twice the last one counts (proto3).
 */
export class SpanFields implements SpanHead {
  traceId = 0;
  traceIdLength = 0;
  spanId = 0;
  spanIdLength = 0;
  parentSpanId = -1;
  parentIdLength = 0;
  startNs = -1;
  endNs = -1;
  kind = 0;
  status = 0;
  nameFrom = 0;
  nameTo = 0;
  traceStateFrom = 0;
  traceStateTo = 0;
  statusMessageFrom = 0;
  statusMessageTo = 0;
  readonly attributes = new Ranges<AttributeRange>(() => ({
    ...{ from: 0, to: 0, nameFrom: 0, nameTo: 0, valueFrom: 0, valueTo: 0 },
    ...{ key: undefined, known: undefined, rank: 0, part: undefined },
  }));
  readonly events = new Ranges<Range>(() => ({ from: 0, to: 0 }));
  readonly links = new Ranges<Range>(() => ({ from: 0, to: 0 }));

  /** Reads a Span that ends at `end`. Throws WireFault. */
  read(cursor: WireCursor, end: number): void {
    this.#clear();
    while (cursor.at < end) {
      const tag = cursor.varint(end);
      if ((tag & 7) === wire.lengthDelimited) this.#readBytes(cursor, tag, end);
      else if (tag === tags.start) this.startNs = eightBytes(cursor, end);
      else if (tag === tags.end) this.endNs = eightBytes(cursor, end);
      else if (tag === tags.kind) this.kind = cursor.varint(end);
      else cursor.passOver(tag, end);
    }
    if (cursor.at !== end) throw new WireFault("a field reaches past the end of its message");
  }

  #clear(): void {
    this.traceIdLength = this.spanIdLength = this.parentIdLength = 0;
    this.parentSpanId = this.startNs = this.endNs = -1;
    this.kind = this.status = 0;
    this.nameFrom = this.nameTo = this.traceStateFrom = this.traceStateTo = 0;
    this.statusMessageFrom = this.statusMessageTo = 0;
    this.attributes.clear();
    this.events.clear();
    this.links.clear();
  }

  #readBytes(cursor: WireCursor, tag: number, end: number): void {
    const to = cursor.lengthEnd(end);
    const from = cursor.at;
    switch (tag) {
      case tags.attributes:
        readAttribute(cursor, this.attributes.next(), to);
        break;
      case tags.traceId:
        this.traceId = from;
        this.traceIdLength = to - from;
        break;
      case tags.spanId:
        this.spanId = from;
        this.spanIdLength = to - from;
        break;
      case tags.parentSpanId:
        this.parentSpanId = from;
        this.parentIdLength = to - from;
        break;
      case tags.name:
        this.nameFrom = from;
        this.nameTo = to;
        break;
      case tags.traceState:
        this.traceStateFrom = from;
        this.traceStateTo = to;
        break;
      case tags.status:
        this.#readStatus(cursor, to);
        break;
      case tags.events:
        set(this.events.next(), from, to);
        break;
      case tags.links:
        set(this.links.next(), from, to);
        break;
    }
    cursor.at = to;
  }

  #readStatus(cursor: WireCursor, end: number): void {
    while (cursor.at < end) {
      const tag = cursor.varint(end);
      if (tag === statusCodeTag) this.status = cursor.varint(end);
      else if (tag === statusMessageTag) {
        this.statusMessageTo = cursor.lengthEnd(end);
        this.statusMessageFrom = cursor.at;
        cursor.at = this.statusMessageTo;
      } else cursor.passOver(tag, end);
    }
  }
}

const keyTag = (1 << 3) | wire.lengthDelimited;
const valueTag = (2 << 3) | wire.lengthDelimited;

/** A KeyValue (opentelemetry.proto.common.v1) that begins at the cursor and ends at `to`. */
export function readAttribute(cursor: WireCursor, range: AttributeRange, to: number): void {
  range.from = cursor.at;
  range.to = to;
  range.nameFrom = range.nameTo = range.valueFrom = range.valueTo = cursor.at;
  while (cursor.at < to) {
    const tag = cursor.varint(to);
    if (tag === keyTag) {
      range.nameTo = cursor.lengthEnd(to);
      range.nameFrom = cursor.at;
      cursor.at = range.nameTo;
    } else if (tag === valueTag) {
      range.valueTo = cursor.lengthEnd(to);
      range.valueFrom = cursor.at;
      cursor.at = range.valueTo;
    } else cursor.passOver(tag, to);
  }
}

function eightBytes(cursor: WireCursor, end: number): number {
  const from = cursor.at;
  cursor.at = from + 8;
  if (cursor.at > end) throw new WireFault("a time is cut off");
  return from;
}

function set(range: Range, from: number, to: number): void {
  range.from = from;
  range.to = to;
}
