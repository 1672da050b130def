import type { Encoding, Signal } from "@weir/telemetry/otlp";
import { crowd, requestShapes, type Shape } from "./message-shapes.ts";

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
  return new Reader(body).walk(root, body.length, 0);
}

class Reader {
  readonly #body: Uint8Array;
  #at = 0;

  constructor(body: Uint8Array) {
    this.#body = body;
  }

  /** What the message that ends at `end` costs besides its own object. */
  walk(shape: Shape, end: number, depth: number): number {
    const { fields } = shape;
    let size = (shape.costPerByte ?? 0) * (end - this.#at);
    let crowded = 0;
    while (this.#at < end && fields.length > 0 && depth <= maxDepth) {
      const tag = this.#varint();
      const wireType = tag & 7;
      if (wireType === lengthDelimited) {
        const length = this.#varint();
        // One that reaches past its message counts up to there: a decoder makes all that is in it before it finds out.
        const fieldEnd = Math.min(end, this.#at + length);
        const field = fields[tag >>> 3];
        if (field) {
          const { cost, costInCrowd } = field;
          if (costInCrowd !== undefined) crowded++;
          size += crowded > crowd && costInCrowd !== undefined ? costInCrowd : cost;
          if (field.fields.length > 0 || field.costPerByte !== undefined)
            size += this.walk(field, fieldEnd, depth + 1);
        }
        this.#at = fieldEnd;
      } else if (wireType === 0) this.#varint();
      else if (wireType === 1) this.#at += 8;
      else if (wireType === 5) this.#at += 4;
      else break;
    }
    this.#at = end;
    return size;
  }

  /** Exact up to 32 bits, which is all that tags and lengths may have; what is longer is large or malformed. */
  #varint(): number {
    const body = this.#body;
    const first = body[this.#at++];
    if (first === undefined) return 0;
    if (first < 0x80) return first;
    let number = first & 0x7f;
    for (let factor = 128; this.#at < body.length; factor *= 128) {
      const byte = body[this.#at++] as number;
      if (factor < 2 ** 42) number += (byte & 0x7f) * factor;
      if (byte < 0x80) break;
    }
    return number;
  }
}

/**
 * Bytes of memory for each byte, object, list and further item of JSON, decoded twice: as JSON, and as OTLP. Many members
 * make an object a hash table. A record, span or metric becomes a row besides: it is what lies as deep as they do.
 */
const jsonCosts = { byte: 4, object: 280, record: 850, list: 60, item: 20, crowdedMember: 400 } as const;

/** Objects and lists around a record: `{[{[{[`. */
const recordDepth = 6;

const [quote, backslash, comma] = [0x22, 0x5c, 0x2c];
const [openBrace, closeBrace, openBracket, closeBracket] = [0x7b, 0x7d, 0x5b, 0x5d];

function sizeOfJson(body: Uint8Array): number {
  let size = jsonCosts.byte * body.length;
  /** Of the objects and lists that are open: how many members; a list has less than any. */
  const members = new Float64Array(maxDepth + 1);
  let depth = 0;
  for (let i = 0; i < body.length; i++) {
    const at = Math.min(depth, maxDepth);
    switch (body[i]) {
      case quote:
        i = endOfString(body, i + 1);
        break;
      case openBrace:
      case openBracket:
        if (body[i] === openBracket) size += jsonCosts.list;
        else size += depth <= recordDepth ? jsonCosts.record : jsonCosts.object;
        depth++;
        members[Math.min(depth, maxDepth)] = body[i] === openBrace ? 1 : Number.NEGATIVE_INFINITY;
        break;
      case closeBrace:
      case closeBracket:
        depth = Math.max(0, depth - 1);
        break;
      case comma:
        members[at] = (members[at] ?? 0) + 1;
        size += (members[at] ?? 0) > crowd ? jsonCosts.crowdedMember : jsonCosts.item;
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
