/** Writes protobuf into one growing buffer (protobuf.dev: Encoding). Numbers are whole and not negative. */
export class ProtoWriter {
  #bytes: Buffer;
  length = 0;

  constructor(size: number) {
    this.#bytes = Buffer.allocUnsafeSlow(size);
  }

  /** What was written, behind `head`, as a copy; the writer is empty again. */
  take(head: Uint8Array = nothing): Buffer {
    const taken = Buffer.allocUnsafe(head.length + this.length);
    taken.set(head, 0);
    this.#bytes.copy(taken, head.length, 0, this.length);
    this.length = 0;
    return taken;
  }

  byte(value: number): void {
    this.#reserve(1);
    this.#bytes[this.length++] = value;
  }

  varint(value: number): void {
    this.#reserve(10);
    let rest = value;
    while (rest > 0x7f) {
      this.#bytes[this.length++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    this.#bytes[this.length++] = rest;
  }

  raw(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  /** UTF-8, `length` bytes of it, as `Buffer.byteLength` counts them. */
  text(text: string, length: number): void {
    this.#reserve(length);
    this.length += this.#bytes.write(text, this.length, "utf8");
  }

  /** Nanoseconds since 1970 as a fixed64, in place of one; exact to a microsecond, which is what a double holds. */
  patchNanoseconds(at: number, milliseconds: number): void {
    const microseconds = Math.round(milliseconds * 1000);
    const low = (microseconds % 0x1_0000_0000) * 1000;
    const high = Math.floor(microseconds / 0x1_0000_0000) * 1000 + Math.floor(low / 0x1_0000_0000);
    this.#bytes.writeUInt32LE(low % 0x1_0000_0000, at);
    this.#bytes.writeUInt32LE(high, at + 4);
  }

  /** A number below 2^56 in place of eight bytes that are there: over-long, which a reader takes as any varint. */
  patchVarint(at: number, value: number): void {
    let rest = value;
    for (let i = at; i < at + wideVarintBytes - 1; i++) {
      this.#bytes[i] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    this.#bytes[at + wideVarintBytes - 1] = rest;
  }

  /** Digits as bytes, two a byte, in place of bytes that are there. */
  patchHex(at: number, digits: string): void {
    for (let i = 0; i < digits.length; i += 2)
      this.#bytes[at + (i >> 1)] = (nibble(digits.charCodeAt(i)) << 4) | nibble(digits.charCodeAt(i + 1));
  }

  patchByte(at: number, value: number): void {
    this.#bytes[at] = value;
  }

  /** Begins a message whose length is not known yet; give the result to `end`. */
  begin(): number {
    this.#reserve(lengthBytes);
    this.length += lengthBytes;
    return this.length;
  }

  end(start: number): void {
    let rest = this.length - start;
    for (let i = start - lengthBytes; i < start - 1; i++) {
      this.#bytes[i] = (rest & 0x7f) | 0x80;
      rest >>= 7;
    }
    this.#bytes[start - 1] = rest;
  }

  #reserve(more: number): void {
    if (this.length + more <= this.#bytes.length) return;
    const grown = Buffer.allocUnsafeSlow(Math.max(this.#bytes.length * 2, this.length + more));
    this.#bytes.copy(grown, 0, 0, this.length);
    this.#bytes = grown;
  }
}

/** A length of up to 2 MiB, written over-long: a reader takes it as it takes any varint. */
const lengthBytes = 3;

export const wideVarintBytes = 8;

const nothing = new Uint8Array();

/** Value of a lower-case hexadecimal digit. */
function nibble(code: number): number {
  return code < 0x3a ? code - 0x30 : code - 0x57;
}

/** Bytes of a varint. */
export function varintBytes(value: number): number {
  let bytes = 1;
  for (let rest = value; rest > 0x7f; rest = Math.floor(rest / 0x80)) bytes++;
  return bytes;
}
