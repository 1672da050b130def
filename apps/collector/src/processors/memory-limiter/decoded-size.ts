import type { Encoding, Signal } from "@weir/telemetry/otlp";
import { requestShapes, type Shape } from "./message-shapes.ts";

/**
 * About how many bytes of memory it takes to decode a body, rather too many than too few: an empty log record is two
 * bytes on the wire and hundreds in memory. Counting costs a fraction of decoding and makes no objects. A body that
 * is malformed counts as far as it can be read.
 */
export function decodedSize(signal: Signal, encoding: Encoding, body: Uint8Array): number {
  return encoding === "json"
    ? sizeOfJson(body)
    : 2 * body.length + sizeOfMessage(body, requestShapes[signal]);
}

const lengthDelimited = 2;
/** Decoders refuse what nests deeper than this (attribute values: 32). */
const maxDepth = 48;

function sizeOfMessage(body: Uint8Array, root: Shape): number {
  let at = 0;
  return walk(root, body.length, 0);

  function walk(shape: Shape, end: number, depth: number): number {
    let size = shape.cost + (shape.costPerByte ?? 0) * (end - at);
    if (shape.fields.length === 0 || depth > maxDepth) {
      at = end;
      return size;
    }
    while (at < end) {
      const tag = varint();
      const fieldEnd = endOfField(tag & 7, end);
      if (fieldEnd === undefined) break;
      const field = (tag & 7) === lengthDelimited ? shape.fields[tag >>> 3] : undefined;
      if (field) size += walk(field, fieldEnd, depth + 1);
      at = fieldEnd;
    }
    at = end;
    return size;
  }

  /** Undefined where the field is malformed or reaches past its message. */
  function endOfField(wireType: number, end: number): number | undefined {
    if (wireType === 0) varint();
    else if (wireType === 1) at += 8;
    else if (wireType === 5) at += 4;
    else if (wireType !== lengthDelimited) return undefined;
    const fieldEnd = wireType === lengthDelimited ? varint() + at : at;
    return fieldEnd <= end ? fieldEnd : undefined;
  }

  /** Exact up to 32 bits, which is all that tags and lengths may have; what is longer is large or malformed. */
  function varint(): number {
    let number = 0;
    for (let shift = 0; at < body.length; shift += 7) {
      const byte = body[at++] as number;
      number += (byte & 0x7f) * 2 ** Math.min(shift, 35);
      if (byte < 0x80) break;
    }
    return number;
  }
}

/** Bytes of memory for each byte of text, object, list and further item of JSON, decoded twice: as JSON, and as OTLP. */
const jsonCosts = { byte: 4, object: 280, list: 60, item: 20 } as const;

const [quote, backslash, brace, bracket, comma] = [0x22, 0x5c, 0x7b, 0x5b, 0x2c];

function sizeOfJson(body: Uint8Array): number {
  let size = jsonCosts.byte * body.length;
  for (let i = 0; i < body.length; i++) {
    switch (body[i]) {
      case quote:
        i = endOfString(body, i + 1);
        break;
      case brace:
        size += jsonCosts.object;
        break;
      case bracket:
        size += jsonCosts.list;
        break;
      case comma:
        size += jsonCosts.item;
        break;
    }
  }
  return size;
}

function endOfString(body: Uint8Array, from: number): number {
  let i = from;
  while (i < body.length && body[i] !== quote) i += body[i] === backslash ? 2 : 1;
  return i;
}
