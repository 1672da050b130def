import type { Reader, Writer } from "protobufjs/minimal.js";
import { endOf, mustEndAt } from "../../otlp/schema/field.ts";
import { JsonMismatch, jsonObject, wireType } from "../../otlp/schema/kind.ts";
import type { MessageKind } from "../../otlp/schema/message.ts";

/** google.protobuf.Value as a plain value. */
export type StructValue = null | number | string | boolean | Struct | readonly StructValue[];

/** google.protobuf.Struct */
export type Struct = ReadonlyMap<string, StructValue>;

/** Deeper values are refused: they could only be meant to exhaust the stack. */
const maxDepth = 32;

// Tags of google.protobuf.Struct, its entries, ListValue and Value.
const fieldsTag = 0x0a;
const keyTag = 0x0a;
const entryValueTag = 0x12;
const listItemTag = 0x0a;
const tag = { null: 0x08, number: 0x11, string: 0x1a, bool: 0x20, struct: 0x2a, list: 0x32 };

/** What Envoy's nodes and filters say of themselves. */
export const struct: MessageKind<Struct> = {
  wireType: wireType.lengthDelimited,
  zero: new Map(),
  isZero: (value) => value.size === 0,
  write: writeStruct,
  read: (reader) => readFields(reader, endOf(reader), 0),
  writeBody: writeFields,
  readBody: (reader, end) => readFields(reader, end, 0),
  toJson: plain,
  fromJson: (json) => structFromJson(jsonObject(json), 0),
};

function readFields(reader: Reader, end: number, depth: number): Struct {
  const fields = new Map<string, StructValue>();
  while (reader.pos < end) {
    const next = reader.tag();
    if (next === fieldsTag) readEntry(reader, fields, depth);
    else reader.skipType(next & 7, 0, next >>> 3);
  }
  mustEndAt(reader, end);
  return fields;
}

function readEntry(reader: Reader, fields: Map<string, StructValue>, depth: number): void {
  const end = endOf(reader);
  let key = "";
  let value: StructValue = null;
  while (reader.pos < end) {
    const next = reader.tag();
    if (next === keyTag) key = reader.string();
    else if (next === entryValueTag) value = readValue(reader, depth);
    else reader.skipType(next & 7, 0, next >>> 3);
  }
  mustEndAt(reader, end);
  fields.set(key, value);
}

function readValue(reader: Reader, depth: number): StructValue {
  if (depth > maxDepth) throw new RangeError(`values nest deeper than ${maxDepth}`);
  const end = endOf(reader);
  let value: StructValue = null;
  while (reader.pos < end) {
    const next = reader.tag();
    if (next === tag.string) value = reader.string();
    else if (next === tag.number) value = reader.double();
    else if (next === tag.bool) value = reader.bool();
    else if (next === tag.struct) value = readFields(reader, endOf(reader), depth + 1);
    else if (next === tag.list) value = readList(reader, depth + 1);
    else if (next === tag.null) value = reader.int32() === 0 ? null : value;
    else reader.skipType(next & 7, 0, next >>> 3);
  }
  mustEndAt(reader, end);
  return value;
}

function readList(reader: Reader, depth: number): StructValue[] {
  const end = endOf(reader);
  const values: StructValue[] = [];
  while (reader.pos < end) {
    const next = reader.tag();
    if (next === listItemTag) values.push(readValue(reader, depth));
    else reader.skipType(next & 7, 0, next >>> 3);
  }
  mustEndAt(reader, end);
  return values;
}

function writeStruct(writer: Writer, fields: Struct): void {
  writer.fork();
  writeFields(writer, fields);
  writer.ldelim();
}

function writeFields(writer: Writer, fields: Struct): void {
  for (const [key, value] of fields) {
    writer.uint32(fieldsTag).fork().uint32(keyTag).string(key).uint32(entryValueTag);
    writeValue(writer, value);
    writer.ldelim();
  }
}

function writeValue(writer: Writer, value: StructValue): void {
  writer.fork();
  if (value === null) writer.uint32(tag.null).int32(0);
  else if (typeof value === "string") writer.uint32(tag.string).string(value);
  else if (typeof value === "number") writer.uint32(tag.number).double(value);
  else if (typeof value === "boolean") writer.uint32(tag.bool).bool(value);
  else if (value instanceof Map) writeStruct(writer.uint32(tag.struct), value);
  else {
    writer.uint32(tag.list).fork();
    for (const item of value as readonly StructValue[]) writeValue(writer.uint32(listItemTag), item);
    writer.ldelim();
  }
  writer.ldelim();
}

function plain(value: StructValue): unknown {
  if (value instanceof Map) return Object.fromEntries(Array.from(value, ([key, part]) => [key, plain(part)]));
  return Array.isArray(value) ? value.map(plain) : value;
}

function structFromJson(json: Readonly<Record<string, unknown>>, depth: number): Struct {
  if (depth > maxDepth) throw new JsonMismatch(`a value nested at most ${maxDepth} deep`, json);
  return new Map(Object.entries(json).map(([key, value]) => [key, valueFromJson(value, depth)]));
}

function valueFromJson(json: unknown, depth: number): StructValue {
  if (typeof json === "string" || typeof json === "number" || typeof json === "boolean" || json === null)
    return json;
  if (!Array.isArray(json)) return structFromJson(jsonObject(json), depth + 1);
  if (depth > maxDepth) throw new JsonMismatch(`a value nested at most ${maxDepth} deep`, json);
  return json.map((item) => valueFromJson(item, depth + 1));
}
