import protobuf from "protobufjs/minimal.js";
import { OtlpDecodeError } from "./decode-error.ts";
import type { Draft, MessageKind } from "./schema/message.ts";

/** A message at the top, without its length. */
export function encodeProtobuf<T extends object>(kind: MessageKind<T>, value: Draft<T>): Buffer {
  const writer = protobuf.Writer.create();
  // A draft lacks properties that have defaults; the writer skips what is absent.
  kind.writeBody(writer, value as T);
  const { buffer, byteOffset, byteLength } = writer.finish();
  return Buffer.from(buffer, byteOffset, byteLength);
}

/** Throws {@link OtlpDecodeError}. */
export function decodeProtobuf<T>(kind: MessageKind<T>, body: Uint8Array): T {
  const reader = protobuf.Reader.create(Buffer.from(body.buffer, body.byteOffset, body.byteLength));
  try {
    return kind.readBody(reader, reader.len);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new OtlpDecodeError(`not valid protobuf near byte ${reader.pos}: ${reason}`, { cause });
  }
}
