import type { Reader, Writer } from "protobufjs/minimal.js";
import { JsonMismatch, type Kind, wireType } from "./kind.ts";

/** Nanoseconds since 1970 as fixed64. Always a bigint: a double holds them to 256 ns only. */
export const unixNano: Kind<bigint> = {
  wireType: wireType.fixed64,
  zero: 0n,
  isZero: (value) => value === 0n,
  write(writer, value) {
    writer.fixed32(Number(value & 0xffff_ffffn)).fixed32(Number((value >> 32n) & 0xffff_ffffn));
  },
  read: (reader) => view(reader).getBigUint64(advance(reader), true),
  toJson: String,
  fromJson: (json) => integerFrom(json, 0n, 2n ** 64n - 1n),
};

/** A count as fixed64. A number: beyond 2^53 it is off by less than one part in 10^15. */
export const count: Kind<number> = {
  wireType: wireType.fixed64,
  zero: 0,
  isZero: (value) => value === 0,
  write: (writer, value) => void writer.fixed32(value % 2 ** 32).fixed32(Math.floor(value / 2 ** 32)),
  read(reader) {
    const low = reader.fixed32();
    return low + reader.fixed32() * 2 ** 32;
  },
  toJson: (value) => BigInt(value).toString(),
  fromJson: (json) => Number(integerFrom(json, 0n, 2n ** 64n - 1n)),
};

/** A count as varint uint64, as exponential buckets carry them. */
export const varintCount: Kind<number> = {
  ...count,
  wireType: wireType.varint,
  write: (writer, value) => void writer.uint64(value),
  read: (reader) => Number(BigInt.asUintN(64, readVarint(reader))),
};

/** A signed integer as sfixed64: a number where that is exact, else a bigint. */
export const sfixed64: Kind<number | bigint> = {
  wireType: wireType.fixed64,
  zero: 0,
  isZero: (value) => value === 0 || value === 0n,
  write: (writer, value) => unixNano.write(writer, BigInt.asUintN(64, BigInt(value))),
  read: (reader) => narrow(view(reader).getBigInt64(advance(reader), true)),
  toJson: String,
  fromJson: (json) => narrow(integerFrom(json, -(2n ** 63n), 2n ** 63n - 1n)),
};

/** The same as a varint, as integer attributes are written. */
export const int64: Kind<number | bigint> = {
  ...sfixed64,
  wireType: wireType.varint,
  write: writeInt64,
  read: (reader) => narrow(BigInt.asIntN(64, readVarint(reader))),
};

function writeInt64(writer: Writer, value: number | bigint): void {
  if (typeof value === "number") {
    writer.int64(value);
    return;
  }
  let rest = BigInt.asUintN(64, value);
  const encoded: number[] = [];
  for (; rest > 0x7fn; rest >>= 7n) encoded.push(Number(rest & 0x7fn) | 0x80);
  encoded.push(Number(rest));
  writer.raw(Uint8Array.from(encoded));
}

function readVarint(reader: Reader): bigint {
  const bits = reader.uint64();
  return typeof bits === "number" ? BigInt(bits) : (BigInt(bits.high >>> 0) << 32n) | BigInt(bits.low >>> 0);
}

function narrow(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

function view(reader: Reader): DataView {
  reader.view ??= new DataView(reader.buf.buffer, reader.buf.byteOffset, reader.buf.byteLength);
  return reader.view;
}

/** Moves past eight bytes; their start. DataView throws RangeError where they are not all there. */
function advance(reader: Reader): number {
  const start = reader.pos;
  reader.pos = start + 8;
  return start;
}

function integerFrom(json: unknown, min: bigint, max: bigint): bigint {
  const value =
    typeof json === "bigint"
      ? json
      : (typeof json === "number" && Number.isInteger(json)) ||
          (typeof json === "string" && /^-?\d{1,20}$/.test(json))
        ? BigInt(json)
        : undefined;
  if (value !== undefined && value >= min && value <= max) return value;
  throw new JsonMismatch("a 64-bit integer, as a string or a number", json);
}
