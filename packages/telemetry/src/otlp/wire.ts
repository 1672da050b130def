/**
 * Parts of OTLP for those who read a protobuf body themselves, because making an object of everything would cost more
 * than what they do with it. Each takes the bytes of one message, without a length before them, and throws RangeError
 * or another Error of the reader where they are none.
 */
import protobuf from "protobufjs/minimal.js";
import { type AttributeValue, readAnyUntil } from "./attributes.ts";
import { InstrumentationScope, Resource } from "./messages/common.ts";
import { SpanEvent, SpanLink } from "./messages/trace.ts";
import type { MessageKind } from "./schema/message.ts";

export function anyValueOf(bytes: Buffer): AttributeValue {
  const reader = protobuf.Reader.create(bytes);
  return readAnyUntil(reader, reader.len, 0);
}

export const resourceOf = (bytes: Buffer): Resource => messageOf(Resource, bytes);
export const scopeOf = (bytes: Buffer): InstrumentationScope => messageOf(InstrumentationScope, bytes);
export const spanEventOf = (bytes: Buffer): SpanEvent => messageOf(SpanEvent, bytes);
export const spanLinkOf = (bytes: Buffer): SpanLink => messageOf(SpanLink, bytes);

function messageOf<T>(kind: MessageKind<T>, bytes: Buffer): T {
  const reader = protobuf.Reader.create(bytes);
  return kind.readBody(reader, reader.len);
}
