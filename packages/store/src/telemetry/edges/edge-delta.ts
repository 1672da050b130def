import { ByteReader } from "./byte-reader.ts";
import { ByteWriter } from "./byte-writer.ts";

/** A pack, or exemplars, of one slot and chunk on its way into the rollups. */
export interface Section {
  readonly slotMs: number;
  readonly chunk: number;
  readonly bytes: Uint8Array;
}

/** For each section its slot, chunk and length as varints, and its bytes. */
export function encodeSections(sections: readonly Section[]): Uint8Array {
  const writer = new ByteWriter(sections.reduce((sum, { bytes }) => sum + bytes.length + 12, 0));
  for (const { slotMs, chunk, bytes } of sections) {
    writer.varint(slotMs);
    writer.varint(chunk);
    writer.varint(bytes.length);
    writer.bytes(bytes);
  }
  return writer.copy();
}

/** @throws BrokenBytes for bytes that are none. */
export function decodeSections(encoded: Uint8Array): Section[] {
  const reader = new ByteReader(encoded);
  const sections: Section[] = [];
  while (!reader.isAtEnd) {
    const slotMs = reader.varint();
    const chunk = reader.varint();
    sections.push({ slotMs, chunk, bytes: reader.bytes(reader.varint()) });
  }
  return sections;
}
