import { decodeProtobuf, encodeProtobuf } from "../otlp/protobuf-body.ts";
import type { Draft } from "../otlp/schema/message.ts";
import { StreamAccessLogsMessage } from "./messages/stream-access-logs.ts";
import { type Struct, struct } from "./messages/struct.ts";

/** Throws OtlpDecodeError. The result shares no memory with `body`. */
export function decodeStreamAccessLogs(body: Uint8Array): StreamAccessLogsMessage {
  return decodeProtobuf(StreamAccessLogsMessage, body);
}

export function encodeStreamAccessLogs(message: Draft<StreamAccessLogsMessage>): Buffer {
  return encodeProtobuf(StreamAccessLogsMessage, message);
}

/** A google.protobuf.Struct that stands alone, as in an Any or in a header. Throws OtlpDecodeError. */
export function decodeStruct(body: Uint8Array): Struct {
  return decodeProtobuf(struct, body);
}

export function encodeStruct(value: Struct): Buffer {
  return encodeProtobuf(struct, value);
}
