import { createGunzip, createInflate } from "node:zlib";
import { Refusal } from "../refusal.ts";

const inflators = { gzip: createGunzip, deflate: createInflate } as const;

/** Codings of messages that can be undone, beside identity (gRPC over HTTP/2: Message-Encoding). */
export type MessageCoding = keyof typeof inflators;

export function isMessageCoding(coding: string): coding is MessageCoding {
  return Object.hasOwn(inflators, coding);
}

/**
 * The message as it was before it was compressed. What comes out is measured while it inflates, so that a small message
 * never becomes a large one: `hold` is told of each piece and throws where there is no room for it. Throws a
 * {@link Refusal} (tooLarge, malformed), or what `hold` throws.
 */
export async function inflateMessage(
  message: Buffer,
  coding: MessageCoding,
  maxBytes: number,
  hold: (bytes: number) => void,
): Promise<Buffer> {
  const inflating = inflators[coding]();
  inflating.end(message);
  const parts: Buffer[] = [];
  let length = 0;
  try {
    // Leaving the loop by an error destroys the stream, and with it what it has not given out yet.
    for await (const part of inflating as AsyncIterable<Buffer>) {
      length += part.length;
      if (length > maxBytes) throw messageTooLarge(maxBytes);
      hold(part.length);
      parts.push(part);
    }
  } catch (cause) {
    if (cause instanceof Refusal) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Refusal("malformed", `the message is not valid ${coding}: ${reason}`, { cause });
  }
  return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts, length);
}

export function messageTooLarge(maxBytes: number): Refusal {
  return new Refusal("tooLarge", `the message is larger than ${maxBytes} bytes after decompression`);
}
