/** A body, a length or a value that protobuf does not allow. */
export class WireFault extends Error {
  readonly code = "WIRE_FAULT";

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "WireFault";
  }
}

/** One message of a body by a reader of its own. Throws WireFault for whatever the reader finds wrong. */
export function read<T>(of: (bytes: Buffer) => T, bytes: Buffer): T {
  try {
    return of(bytes);
  } catch (cause) {
    throw new WireFault(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/** Wire types (protobuf encoding: message structure). */
export const wire = {
  varint: 0,
  fixed64: 1,
  lengthDelimited: 2,
  startGroup: 3,
  endGroup: 4,
  fixed32: 5,
} as const;

/** Unknown groups, which protobuf has given up, are skipped no deeper than this. */
const deepestGroup = 32;

/** A place in a protobuf body, moved on by reading. Only what lies before `end` may be read. */
export class WireCursor {
  readonly body: Buffer;
  at = 0;

  constructor(body: Buffer) {
    this.body = body;
  }

  /** An unsigned varint of at most 32 bits; of a longer one the lower 32 bits. */
  varint(end: number): number {
    const { body } = this;
    if (this.at < end) {
      const byte = body[this.at] as number;
      if (byte < 0x80) {
        this.at++;
        return byte;
      }
    }
    let value = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      if (this.at >= end) throw new WireFault("a number is cut off");
      const byte = body[this.at++] as number;
      if (shift < 32) value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
    }
    throw new WireFault("a number has more than ten bytes");
  }

  /** Reads a length, and says where what it measures ends. */
  lengthEnd(end: number): number {
    const stop = this.varint(end) + this.at;
    if (stop > end) throw new WireFault("a length reaches past the end of its message");
    return stop;
  }

  passOver(tag: number, end: number, depth = 0): void {
    if (tag >>> 3 === 0) throw new WireFault("a field has the number 0");
    switch (tag & 7) {
      case wire.varint:
        this.varint(end);
        break;
      case wire.fixed64:
        this.at += 8;
        break;
      case wire.fixed32:
        this.at += 4;
        break;
      case wire.lengthDelimited:
        this.at = this.lengthEnd(end);
        break;
      case wire.startGroup:
        this.#passOverGroup(tag >>> 3, end, depth);
        break;
      default:
        throw new WireFault(`wire type ${tag & 7} is none`);
    }
    if (this.at > end) throw new WireFault("a field reaches past the end of its message");
  }

  #passOverGroup(number: number, end: number, depth: number): void {
    if (depth >= deepestGroup) throw new WireFault(`groups nest deeper than ${deepestGroup}`);
    for (;;) {
      const tag = this.varint(end);
      if ((tag & 7) === wire.endGroup && tag >>> 3 === number) return;
      this.passOver(tag, end, depth + 1);
    }
  }
}
