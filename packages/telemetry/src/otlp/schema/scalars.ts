import type { Reader, Writer } from "protobufjs/minimal.js";
import { JsonMismatch, type Kind, wireType } from "./kind.ts";

export const string: Kind<string> = {
  wireType: wireType.lengthDelimited,
  zero: "",
  isZero: (value) => value === "",
  write: (writer, value) => void writer.string(value),
  read: (reader) => reader.string(),
  toJson: (value) => value,
  fromJson(json) {
    if (typeof json === "string") return json;
    throw new JsonMismatch("a string", json);
  },
};

export const bool: Kind<boolean> = {
  wireType: wireType.varint,
  zero: false,
  isZero: (value) => !value,
  write: (writer, value) => void writer.bool(value),
  read: (reader) => reader.bool(),
  toJson: (value) => value,
  fromJson(json) {
    if (typeof json === "boolean") return json;
    throw new JsonMismatch("true or false", json);
  },
};

export const double: Kind<number> = {
  wireType: wireType.fixed64,
  zero: 0,
  isZero: (value) => Object.is(value, 0),
  write: (writer, value) => void writer.double(value),
  read: (reader) => reader.double(),
  toJson: (value) => (Number.isFinite(value) && !Object.is(value, -0) ? value : doubleText(value)),
  fromJson(json) {
    if (typeof json === "number") return json;
    if (typeof json === "bigint") return Number(json);
    if (json === "NaN" || json === "Infinity" || json === "-Infinity") return Number(json);
    if (typeof json === "string" && /^-?\d+(\.\d+)?([eE][-+]?\d+)?$/.test(json)) return Number(json);
    throw new JsonMismatch('a number, "NaN", "Infinity" or "-Infinity"', json);
  },
};

const doubleText = (value: number): string => (Object.is(value, -0) ? "-0" : String(value));

export const bytes: Kind<Uint8Array> = {
  wireType: wireType.lengthDelimited,
  zero: new Uint8Array(0),
  isZero: (value) => value.length === 0,
  write: (writer, value) => void writer.bytes(value),
  // A copy: a view would keep the whole request's buffer alive for as long as one attribute of it.
  read: (reader) => Uint8Array.from(reader.bytes()),
  toJson: (value) => Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("base64"),
  fromJson(json) {
    if (typeof json === "string" && /^[A-Za-z0-9+/_-]*={0,2}$/.test(json))
      return Uint8Array.from(Buffer.from(json, "base64"));
    throw new JsonMismatch("base64", json);
  },
};

/** Trace and span ids: bytes in protobuf, hexadecimal in OTLP/JSON (any case), and lower-case hexadecimal in memory. */
export const hexId: Kind<string> = {
  wireType: wireType.lengthDelimited,
  zero: "",
  isZero: (value) => value === "",
  write: (writer, value) => void writer.bytes(Buffer.from(value, "hex")),
  read(reader) {
    const { buffer, byteOffset, byteLength } = reader.bytes();
    return Buffer.from(buffer, byteOffset, byteLength).toString("hex");
  },
  toJson: (value) => value,
  fromJson(json) {
    if (typeof json === "string" && /^(?:[0-9a-fA-F]{2})*$/.test(json)) return json.toLowerCase();
    throw new JsonMismatch("an id in hexadecimal", json);
  },
};

/** An enum: integers on the wire; OTLP/JSON writes integers too, names are accepted. */
export function enumeration(names: readonly string[]): Kind<number> {
  return {
    ...integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }, "int32"),
    fromJson(json) {
      const named = typeof json === "string" ? names.indexOf(json) : -1;
      if (named >= 0) return named;
      if (Number.isInteger(json)) return json as number;
      throw new JsonMismatch(`an integer or one of ${names.join(", ")}`, json);
    },
  };
}

export const uint32 = integer({ min: 0, max: 2 ** 32 - 1 }, "uint32");
export const int32 = integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }, "int32");
/** Zigzag, as the offsets of exponential buckets are written. */
export const sint32 = integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }, "sint32");

/** 32 bits without a varint: the flags of spans and log records. */
export const fixed32: Kind<number> = {
  ...uint32,
  wireType: wireType.fixed32,
  write: (writer: Writer, value: number) => void writer.fixed32(value),
  read: (reader: Reader) => reader.fixed32(),
};

function integer(range: { min: number; max: number }, method: "uint32" | "int32" | "sint32"): Kind<number> {
  return {
    wireType: wireType.varint,
    zero: 0,
    isZero: (value) => value === 0,
    write: (writer, value) => void writer[method](value),
    read: (reader) => reader[method](),
    toJson: (value) => value,
    fromJson(json) {
      const value = typeof json === "string" && /^-?\d+$/.test(json) ? Number(json) : json;
      if (typeof value === "number" && Number.isInteger(value) && value >= range.min && value <= range.max)
        return value;
      throw new JsonMismatch(`an integer from ${range.min} to ${range.max}`, json);
    },
  };
}
