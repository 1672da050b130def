import type { Reader, Writer } from "protobufjs/minimal.js";
import { endOf, type Field, mustEndAt } from "./schema/field.ts";
import { int64 } from "./schema/int64.ts";
import { at, JsonMismatch, jsonArray, jsonObject, type Kind, wireType } from "./schema/kind.ts";
import { bool, bytes, double, string } from "./schema/scalars.ts";

/**
 * OTLP's AnyValue as a plain value. Integers are written as `intValue`, other numbers as `doubleValue`, bigint as
 * `intValue`, null as the empty AnyValue; reading gives a bigint only where a number is not exact.
 */
export type AttributeValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | Uint8Array
  | readonly AttributeValue[]
  | Attributes;

/** A list of KeyValue as an object; of a repeated key the last one counts. */
export interface Attributes {
  readonly [key: string]: AttributeValue;
}

/** Deeper values are refused: they could only be meant to exhaust the stack. */
const maxDepth = 32;
const noAttributes: Attributes = Object.freeze({});

// Field numbers of opentelemetry.proto.common.v1.AnyValue.
const tag = { string: 0x0a, bool: 0x10, int: 0x18, double: 0x21, array: 0x2a, kvlist: 0x32, bytes: 0x3a };
const keyTag = 0x0a;
const valueTag = 0x12;
const listItemTag = 0x0a;

export const anyValue: Kind<AttributeValue> = {
  wireType: wireType.lengthDelimited,
  zero: null,
  isZero: (value) => value === null,
  write: writeAny,
  read: (reader) => readAny(reader, 0),
  toJson: anyToJson,
  fromJson: (json) => anyFromJson(json, 0),
};

/** A `repeated KeyValue` field as one object. */
export function attributes(number: number): Field<Attributes> {
  const fieldTag = (number << 3) | wireType.lengthDelimited;
  return {
    number,
    initial: noAttributes,
    write(writer, value) {
      for (const key of Object.keys(value)) {
        writer.uint32(fieldTag);
        writeKeyValue(writer, key, value[key] ?? null);
      }
    },
    read(reader, wire, previous) {
      if (wire !== wireType.lengthDelimited) return undefined;
      const target = previous === noAttributes ? {} : previous;
      readKeyValue(reader, target, 0);
      return target;
    },
    toJson(value) {
      const json = keyValuesToJson(value);
      return json.length === 0 ? undefined : json;
    },
    fromJson: (json) => keyValuesFromJson(json, 0),
  };
}

function readKeyValue(reader: Reader, target: Attributes, depth: number): void {
  const end = endOf(reader);
  let key = "";
  let value: AttributeValue = null;
  while (reader.pos < end) {
    const next = reader.tag();
    if (next === keyTag) key = reader.string();
    else if (next === valueTag) value = readAny(reader, depth);
    else reader.skipType(next & 7, 0, next >>> 3);
  }
  mustEndAt(reader, end);
  put(target, key, value);
}

function readAny(reader: Reader, depth: number): AttributeValue {
  return readAnyUntil(reader, endOf(reader), depth);
}

/** An AnyValue without a length before it. */
export function readAnyUntil(reader: Reader, end: number, depth: number): AttributeValue {
  if (depth > maxDepth) throw new RangeError(`attribute values nest deeper than ${maxDepth}`);
  let value: AttributeValue = null;
  while (reader.pos < end) {
    const next = reader.tag();
    if (next === tag.string) value = reader.string();
    else if (next === tag.int) value = int64.read(reader);
    else if (next === tag.bool) value = reader.bool();
    else if (next === tag.double) value = reader.double();
    else if (next === tag.array) value = readArray(reader, depth + 1);
    else if (next === tag.kvlist) value = readKeyValueList(reader, depth + 1);
    else if (next === tag.bytes) value = bytes.read(reader);
    else reader.skipType(next & 7, 0, next >>> 3);
  }
  mustEndAt(reader, end);
  return value;
}

function readArray(reader: Reader, depth: number): AttributeValue[] {
  const end = endOf(reader);
  const values: AttributeValue[] = [];
  while (reader.pos < end) {
    const next = reader.tag();
    if (next === listItemTag) values.push(readAny(reader, depth));
    else reader.skipType(next & 7, 0, next >>> 3);
  }
  mustEndAt(reader, end);
  return values;
}

function readKeyValueList(reader: Reader, depth: number): Attributes {
  const end = endOf(reader);
  const values: Attributes = {};
  while (reader.pos < end) {
    const next = reader.tag();
    if (next === listItemTag) readKeyValue(reader, values, depth);
    else reader.skipType(next & 7, 0, next >>> 3);
  }
  mustEndAt(reader, end);
  return values;
}

function writeKeyValue(writer: Writer, key: string, value: AttributeValue): void {
  writer.fork().uint32(keyTag).string(key).uint32(valueTag);
  writeAny(writer, value);
  writer.ldelim();
}

function writeAny(writer: Writer, value: AttributeValue): void {
  writer.fork();
  if (typeof value === "string") writer.uint32(tag.string).string(value);
  else if (typeof value === "boolean") writer.uint32(tag.bool).bool(value);
  else if (isInteger(value)) int64.write(writer.uint32(tag.int), value);
  else if (typeof value === "number") writer.uint32(tag.double).double(value);
  else if (value instanceof Uint8Array) writer.uint32(tag.bytes).bytes(value);
  else if (isList(value)) {
    writer.uint32(tag.array).fork();
    for (const item of value) writeAny(writer.uint32(listItemTag), item);
    writer.ldelim();
  } else if (value !== null) {
    writer.uint32(tag.kvlist).fork();
    for (const key of Object.keys(value)) writeKeyValue(writer.uint32(listItemTag), key, value[key] ?? null);
    writer.ldelim();
  }
  writer.ldelim();
}

function anyToJson(value: AttributeValue): unknown {
  if (value === null) return {};
  if (typeof value === "string") return { stringValue: value };
  if (typeof value === "boolean") return { boolValue: value };
  if (isInteger(value)) return { intValue: String(value) };
  if (typeof value === "number") return { doubleValue: double.toJson(value) };
  if (value instanceof Uint8Array) return { bytesValue: bytes.toJson(value) };
  if (isList(value)) return { arrayValue: { values: value.map(anyToJson) } };
  return { kvlistValue: { values: keyValuesToJson(value) } };
}

function keyValuesToJson(value: Attributes) {
  return Object.keys(value).map((key) => ({ key, value: anyToJson(value[key] ?? null) }));
}

const jsonReaders: Record<string, (json: unknown, depth: number) => AttributeValue> = {
  stringValue: string.fromJson,
  boolValue: bool.fromJson,
  intValue: int64.fromJson,
  doubleValue: double.fromJson,
  bytesValue: bytes.fromJson,
  arrayValue: (json, depth) =>
    at("values", () =>
      jsonArray(jsonObject(json).values ?? []).map((item, i) => at(i, () => anyFromJson(item, depth + 1))),
    ),
  kvlistValue: (json, depth) =>
    at("values", () => keyValuesFromJson(jsonObject(json).values ?? [], depth + 1)),
};

function anyFromJson(json: unknown, depth: number): AttributeValue {
  if (depth > maxDepth) throw new JsonMismatch(`a value nested at most ${maxDepth} deep`, json);
  if (json === null || json === undefined) return null;
  const source = jsonObject(json);
  let value: AttributeValue = null;
  for (const [name, read] of Object.entries(jsonReaders)) {
    const part = source[name];
    if (part !== undefined && part !== null) value = at(name, () => read(part, depth));
  }
  return value;
}

function keyValuesFromJson(json: unknown, depth: number): Attributes {
  const result: Attributes = {};
  jsonArray(json).forEach((item, i) => {
    at(i, () => {
      const { key, value } = jsonObject(item);
      put(
        result,
        at("key", () => string.fromJson(key ?? "")),
        at("value", () => anyFromJson(value, depth)),
      );
    });
  });
  return result;
}

/** Assigns a key that a sender chose; `__proto__` must become a property like any other. */
function put(target: { [key: string]: AttributeValue }, key: string, value: AttributeValue): void {
  if (key !== "__proto__") target[key] = value;
  else Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
}

function isInteger(value: AttributeValue): value is number | bigint {
  return typeof value === "bigint" || (Number.isSafeInteger(value) && !Object.is(value, -0));
}

/** `Array.isArray` does not narrow readonly arrays. */
function isList(value: AttributeValue): value is readonly AttributeValue[] {
  return Array.isArray(value);
}
