import type { GraphSpan, Peer } from "@weir/domain";
import { cleanText } from "../json-text.ts";
import type { AttributesEntry, OperationEntry, ServiceEntry } from "./dictionary-entry.ts";
import { rowLayout, type SpanBlock, spanColumns, statusError } from "./span-block.ts";

/** The parts of a span that every row has. Positions point into the bytes that `begin` is given. */
export interface SpanHead {
  /** 16 bytes. */
  traceId: number;
  /** 8 bytes. */
  spanId: number;
  /** 8 bytes; -1 for a span without a parent. */
  parentSpanId: number;
  /** Little-endian 64 bits, nanoseconds since 1970, and below 2^63. */
  startNs: number;
  endNs: number;
  /** OTLP SpanKind, 0 to 5. */
  kind: number;
  /** OTLP StatusCode, 0 to 2. */
  status: number;
}

/** What was found out about a span besides its fields. */
export interface SpanDescription {
  /** Undefined: all attributes of the span are its own. */
  readonly set: AttributesEntry | undefined;
  readonly peer: Peer | undefined;
  /** It stands for several. */
  readonly sampled: boolean;
}

const versionOfJsonb = 1;
const quote = 0x22;
const backslash = 0x5c;

/**
 * Writes spans as rows of a binary COPY (Postgres: COPY, Binary Format), straight from the bytes they came in. For each
 * span: `begin`, then its own attributes between `beginJson` and `endJson`, then status message, events and links, then
 * `end`. A span that was begun and not ended leaves no trace: the next `begin` writes over it.
 */
export class SpanBlockWriter {
  #buffer: Buffer;
  #at = 0;
  #rowStart = 0;
  #jsonStart = 0;
  readonly #offsets: number[] = [];
  readonly #services: ServiceEntry[] = [];
  readonly #operations: OperationEntry[] = [];
  readonly #resources: AttributesEntry[] = [];
  readonly #attributeSets: (AttributesEntry | undefined)[] = [];
  readonly #traces: string[] = [];
  readonly #facts: GraphSpan[] = [];

  /** `sizeHint`: bytes to begin with. */
  constructor(sizeHint = 64 * 1024) {
    this.#buffer = Buffer.allocUnsafe(Math.max(1024, sizeHint));
  }

  begin(source: Buffer, head: SpanHead): void {
    this.#at = this.#rowStart;
    this.#reserve(rowLayout.end + 12);
    const buffer = this.#buffer;
    const row = this.#at;
    buffer.writeInt16BE(spanColumns.length, row);
    buffer.writeInt32BE(16, row + rowLayout.traceId - 4);
    source.copy(buffer, row + rowLayout.traceId, head.traceId, head.traceId + 16);
    buffer.writeInt32BE(8, row + rowLayout.spanId - 4);
    source.copy(buffer, row + rowLayout.spanId, head.spanId, head.spanId + 8);
    this.#times(source, head, row);
    for (const column of idColumns) buffer.writeInt32BE(4, row + column - 4);
    buffer.writeInt32BE(2, row + rowLayout.kind - 4);
    buffer.writeInt16BE(head.kind, row + rowLayout.kind);
    buffer.writeInt32BE(2, row + rowLayout.status - 4);
    buffer.writeInt16BE(head.status, row + rowLayout.status);
    this.#at = row + rowLayout.end;
    if (head.parentSpanId < 0) this.null();
    else {
      buffer.writeInt32BE(8, this.#at);
      source.copy(buffer, this.#at + 4, head.parentSpanId, head.parentSpanId + 8);
      this.#at += 12;
    }
  }

  /** Start and duration, which is zero for a clock that was set back while the span was open. */
  #times(source: Buffer, head: SpanHead, row: number): void {
    const buffer = this.#buffer;
    const startLow = source.readUInt32LE(head.startNs);
    const startHigh = source.readUInt32LE(head.startNs + 4);
    let low = source.readUInt32LE(head.endNs) - startLow;
    let high = source.readUInt32LE(head.endNs + 4) - startHigh;
    if (low < 0) {
      low += 2 ** 32;
      high--;
    }
    if (high < 0) high = low = 0;
    buffer.writeInt32BE(8, row + rowLayout.startNs - 4);
    buffer.writeUInt32BE(startHigh, row + rowLayout.startNs);
    buffer.writeUInt32BE(startLow, row + rowLayout.startNs + 4);
    buffer.writeInt32BE(8, row + rowLayout.durationNs - 4);
    buffer.writeUInt32BE(high, row + rowLayout.durationNs);
    buffer.writeUInt32BE(low, row + rowLayout.durationNs + 4);
  }

  /** A column without a value. */
  null(): void {
    this.#reserve(4);
    this.#buffer.writeInt32BE(-1, this.#at);
    this.#at += 4;
  }

  /** A text column. */
  text(value: string): void {
    const text = cleanText(value);
    this.#reserve(4 + text.length * 3);
    const length = this.#buffer.write(text, this.#at + 4);
    this.#buffer.writeInt32BE(length, this.#at);
    this.#at += 4 + length;
  }

  /** A jsonb column whose text is known. */
  json(text: string): void {
    this.beginJson();
    this.jsonText(text);
    this.endJson();
  }

  /** A jsonb column that is written bit by bit. */
  beginJson(): void {
    this.#reserve(8);
    this.#jsonStart = this.#at;
    this.#buffer[this.#at + 4] = versionOfJsonb;
    this.#at += 5;
  }

  endJson(): void {
    this.#buffer.writeInt32BE(this.#at - this.#jsonStart - 4, this.#jsonStart);
  }

  /** A member of an object, or its first (`{`): `name` is its name in quotes and a colon. */
  jsonMember(first: boolean, name: Buffer): void {
    this.#reserve(name.length + 1);
    this.#buffer[this.#at++] = first ? 0x7b : 0x2c;
    this.#at += name.copy(this.#buffer, this.#at);
  }

  /** Text that is JSON already. */
  jsonText(text: string): void {
    this.#reserve(text.length * 3);
    this.#at += this.#buffer.write(text, this.#at);
  }

  /** A text value as it stands in `source`, in UTF-8; what is not becomes U+FFFD, as does NUL, which jsonb refuses. */
  jsonString(source: Buffer, from: number, to: number): void {
    this.#reserve(to - from + 2);
    const buffer = this.#buffer;
    let at = this.#at;
    buffer[at++] = quote;
    for (let i = from; i < to; i++) {
      const byte = source[i] as number;
      if (byte < 0x20 || byte > 0x7e || byte === quote || byte === backslash) {
        this.jsonText(JSON.stringify(cleanText(source.toString("utf8", from, to))));
        return;
      }
      buffer[at++] = byte;
    }
    buffer[at++] = quote;
    this.#at = at;
  }

  /** Takes the span into the block. */
  end(
    service: ServiceEntry,
    operation: OperationEntry,
    resource: AttributesEntry,
    { set, peer, sampled }: SpanDescription,
  ): void {
    const row = this.#rowStart;
    const buffer = this.#buffer;
    this.#rowStart = this.#at;
    this.#offsets.push(row);
    this.#services.push(service);
    this.#operations.push(operation);
    this.#resources.push(resource);
    this.#attributeSets.push(set);
    this.#traces.push(buffer.toString("latin1", row + rowLayout.traceId, row + rowLayout.traceId + 16));
    const hasParent = buffer.readInt32BE(row + rowLayout.end) === 8;
    this.#facts.push({
      spanId: buffer.toString("latin1", row + rowLayout.spanId, row + rowLayout.spanId + 8),
      parentSpanId: hasParent
        ? buffer.toString("latin1", row + rowLayout.end + 4, row + rowLayout.end + 12)
        : "",
      kind: buffer.readInt16BE(row + rowLayout.kind),
      service: service.key,
      serviceName: service.nameKey,
      startMs: nanosecondsAt(buffer, row + rowLayout.startNs) / 1e6,
      durationNs: nanosecondsAt(buffer, row + rowLayout.durationNs),
      failed: buffer.readInt16BE(row + rowLayout.status) === statusError,
      sampled,
      peer,
    });
  }

  /** All spans that were ended; the writer must not be used any more. */
  finish(): SpanBlock {
    return {
      length: this.#offsets.length,
      rows: this.#buffer.subarray(0, this.#rowStart),
      offsets: this.#offsets,
      services: this.#services,
      operations: this.#operations,
      resources: this.#resources,
      attributeSets: this.#attributeSets,
      traces: this.#traces,
      facts: this.#facts,
    };
  }

  #reserve(bytes: number): void {
    if (this.#at + bytes <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.#buffer.length * 2, this.#at + bytes));
    this.#buffer.copy(larger, 0, 0, this.#at);
    this.#buffer = larger;
  }
}

const idColumns = [
  rowLayout.serviceId,
  rowLayout.operationId,
  rowLayout.resourceId,
  rowLayout.attributeSetId,
] as const;

/** As a number: exact to 256 ns for times of today, which is enough to place a span in its minute. */
function nanosecondsAt(buffer: Buffer, at: number): number {
  return buffer.readUInt32BE(at) * 2 ** 32 + buffer.readUInt32BE(at + 4);
}
