/**
 * Values that stand where each sending puts its own, all of the same width. Bodies are encoded with them once, and
 * found again by them: bytes from 0xf1 on are in no text that is UTF-8.
 */
const idByte = { trace: "f1", span: "f2", parent: "f3" } as const;

export const placeholders = {
  traceId: idByte.trace.repeat(16),
  spanId: idByte.span.repeat(8),
  parentSpanId: idByte.parent.repeat(8),
  startNs: 0xf4f4f4f4_f4f4f4f4n,
  endNs: 0xf5f5f5f5_f5f5f5f5n,
  eventNs: 0xf6f6f6f6_f6f6f6f6n,
  /** In texts, for eight hexadecimal digits that hardly two traces share. */
  number: "\u0001\u0001\u0001\u0001\u0001\u0001\u0001\u0001",
} as const;

export type Placeholder = keyof typeof placeholders;

/** As it stands in a body. */
export function bytesOf(placeholder: Placeholder): Buffer {
  const value = placeholders[placeholder];
  if (typeof value === "bigint") return fixed64(value);
  return placeholder === "number" ? Buffer.from(value, "latin1") : Buffer.from(value, "hex");
}

/** As protobuf writes a time. */
export function fixed64(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(value);
  return bytes;
}
