import { jsonText, type SpanBlockWriter } from "@weir/store";
import type { AttributeValue } from "@weir/telemetry/otlp";
import { anyValueOf } from "@weir/telemetry/otlp/wire";
import { read, type WireCursor, WireFault } from "./wire-cursor.ts";

// Field numbers of opentelemetry.proto.common.v1.AnyValue, with their wire types.
const stringTag = 0x0a;
const boolTag = 0x10;
const intTag = 0x18;
const doubleTag = 0x21;

/**
 * Writes the AnyValue that stands in [from, to) as JSON. Texts, booleans and small integers go straight from byte to
 * byte; all else is read as `readValue` does. Throws WireFault, or RangeError for what nests too deep.
 */
export function writeValue(writer: SpanBlockWriter, cursor: WireCursor, from: number, to: number): void {
  const { body } = cursor;
  cursor.at = from + 1;
  const tag = from < to ? body[from] : undefined;
  if (tag === stringTag && cursor.lengthEnd(to) === to) writer.jsonString(body, cursor.at, to);
  else if (tag === intTag && to - from <= 8) writer.jsonText(String(smallInteger(body, from + 1, to)));
  else if (tag === doubleTag && to - from === 9) writer.jsonText(jsonText(body.readDoubleLE(from + 1)));
  else if (tag === boolTag && to - from === 2) writer.jsonText(body[from + 1] === 0 ? "false" : "true");
  else writer.jsonText(jsonText(readValue(body, from, to)));
}

/** Whether the AnyValue that begins at `from` is neither a list nor a map, which hold values of their own. */
export function isScalar(body: Buffer, from: number): boolean {
  const tag = body[from];
  return tag === stringTag || tag === intTag || tag === doubleTag || tag === boolTag;
}

/** A varint of at most seven bytes, which fills [from, to): too short to be negative, and exact in a number. */
function smallInteger(body: Buffer, from: number, to: number): number {
  let value = 0;
  for (let at = to - 1; at >= from; at--) {
    const byte = body[at] as number;
    if (byte >= 0x80 !== at < to - 1) throw new WireFault("a number does not end where its value does");
    value = value * 128 + (byte & 0x7f);
  }
  return value;
}

/** The AnyValue that stands in [from, to) of a body. Throws WireFault. */
export function readValue(body: Buffer, from: number, to: number): AttributeValue {
  return read(anyValueOf, body.subarray(from, to));
}
