import type { AttributeValue } from "@weir/telemetry/otlp";
import { type ProtoWriter, varintBytes } from "./proto-writer.ts";

/** Field tags of OTLP's common.proto. */
const keyTag = 0x0a;
const valueTag = 0x12;
const textTag = 0x0a;
const booleanTag = 0x10;
const integerTag = 0x18;
const doubleTag = 0x21;
const arrayTag = 0x2a;
const mapTag = 0x32;
const itemTag = 0x0a;

/** The part of an attribute that is the same each time: its key, as bytes, with what stands before the value. */
export class AttributeKey {
  readonly #head: Buffer;

  constructor(key: string) {
    const bytes = Buffer.from(key);
    this.#head = Buffer.concat([Buffer.from([keyTag, bytes.length]), bytes, Buffer.from([valueTag])]);
  }

  /** `tag` is that of the field of repeated attributes. */
  text(writer: ProtoWriter, tag: number, value: string): void {
    const length = Buffer.byteLength(value);
    const inner = 1 + varintBytes(length) + length;
    this.#open(writer, tag, inner);
    writer.byte(textTag);
    writer.varint(length);
    writer.text(value, length);
  }

  integer(writer: ProtoWriter, tag: number, value: number): void {
    this.#open(writer, tag, 1 + varintBytes(value));
    writer.byte(integerTag);
    writer.varint(value);
  }

  /** Leaves room for a number of `bytes` bytes; returns where. */
  wideInteger(writer: ProtoWriter, tag: number, bytes: number): number {
    this.#open(writer, tag, 1 + bytes);
    writer.byte(integerTag);
    writer.raw(new Uint8Array(bytes));
    return writer.length - bytes;
  }

  /** Values that are themselves encoded, as one array. */
  list(writer: ProtoWriter, tag: number, items: readonly Uint8Array[]): void {
    let length = 0;
    for (const item of items) length += item.length;
    this.#open(writer, tag, 1 + varintBytes(length) + length);
    writer.byte(arrayTag);
    writer.varint(length);
    for (const item of items) writer.raw(item);
  }

  #open(writer: ProtoWriter, tag: number, valueLength: number): void {
    writer.byte(tag);
    writer.varint(this.#head.length + varintBytes(valueLength) + valueLength);
    writer.raw(this.#head);
    writer.varint(valueLength);
  }
}

/** One item of an array that is a map of plain values, to be kept and given to `AttributeKey.list`. */
export function encodeMapItem(values: Readonly<Record<string, AttributeValue>>): Buffer {
  const pairs = Object.entries(values).map(([key, value]) => {
    const name = Buffer.from(key);
    const plain = encodeValue(value);
    return framed(keyTag, Buffer.concat([framed(keyTag, name), framed(valueTag, plain)]));
  });
  return framed(itemTag, framed(mapTag, Buffer.concat(pairs)));
}

function encodeValue(value: AttributeValue): Buffer {
  if (typeof value === "string") return framed(textTag, Buffer.from(value));
  if (typeof value === "boolean") return Buffer.from([booleanTag, value ? 1 : 0]);
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0)
    return Buffer.concat([Buffer.from([integerTag]), varint(value)]);
  const bytes = Buffer.alloc(9);
  bytes[0] = doubleTag;
  bytes.writeDoubleLE(Number(value), 1);
  return bytes;
}

function framed(tag: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([tag]), varint(content.length), content]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 0x7f; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
  return Buffer.from([...bytes, rest]);
}
