import { crc32 } from "node:zlib";
import type { Encoding, Signal } from "@weir/telemetry/otlp";
import type { OtlpRequest } from "../intake.ts";

/** What is kept of a request: all that it takes to process it as if it had just come in. */
export interface SpoolRequest extends OtlpRequest {
  /** Nanoseconds since 1970. */
  readonly receivedNs: bigint;
}

/** What a record says about the body that follows. */
export interface RecordHeader {
  readonly signal: Signal;
  readonly encoding: Encoding;
  readonly receivedNs: bigint;
  readonly bodyBytes: number;
  readonly bodyCrc: number;
}

/**
 * A record is a header and a body. The header, integers little-endian:
 *
 * | at | bytes | |
 * |---|---|---|
 * | 0 | 4 | `recordMagic`: "WSP" and the version of this layout |
 * | 4 | 4 | bytes of the body |
 * | 8 | 8 | received, ns since 1970 |
 * | 16 | 1, 1, 2 | signal, encoding, zero |
 * | 20 | 4 | CRC-32 of the body |
 * | 24 | 4 | CRC-32 of the header so far: a length is believed only when it is right |
 */
export const headerBytes = 28;
export const recordMagic = Buffer.from("WSP\x01", "latin1");

const signals: readonly (Signal | undefined)[] = [undefined, "traces", "metrics", "logs"];
const encodings: readonly (Encoding | undefined)[] = [undefined, "protobuf", "json"];

export function recordBytes({ body }: SpoolRequest): number {
  return headerBytes + body.length;
}

export function encodeHeader({ signal, encoding, body, receivedNs }: SpoolRequest): Buffer {
  const header = Buffer.alloc(headerBytes);
  recordMagic.copy(header);
  header.writeUInt32LE(body.length, 4);
  header.writeBigUInt64LE(receivedNs, 8);
  header.writeUInt8(signals.indexOf(signal), 16);
  header.writeUInt8(encodings.indexOf(encoding), 17);
  header.writeUInt32LE(crc32(body), 20);
  header.writeUInt32LE(crc32(header.subarray(0, 24)), 24);
  return header;
}

/** Undefined where no record begins. */
export function decodeHeader(bytes: Buffer): RecordHeader | undefined {
  if (!bytes.subarray(0, 4).equals(recordMagic)) return undefined;
  if (bytes.readUInt32LE(24) !== crc32(bytes.subarray(0, 24))) return undefined;
  const signal = signals[bytes.readUInt8(16)];
  const encoding = encodings[bytes.readUInt8(17)];
  if (!signal || !encoding) return undefined;
  return {
    signal,
    encoding,
    receivedNs: bytes.readBigUInt64LE(8),
    bodyBytes: bytes.readUInt32LE(4),
    bodyCrc: bytes.readUInt32LE(20),
  };
}
