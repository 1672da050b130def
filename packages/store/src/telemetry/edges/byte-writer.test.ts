import fc from "fast-check";
import { expect, test } from "vitest";
import { BrokenBytes, ByteReader } from "./byte-reader.ts";
import { ByteWriter } from "./byte-writer.ts";

test.each([
  [0, 1],
  [127, 1],
  [128, 2],
  [16_383, 2],
  [16_384, 3],
  [2 ** 31 - 1, 5],
  [2 ** 31, 5],
  [2 ** 32, 5],
  [Number.MAX_SAFE_INTEGER, 8],
])("%i takes %i bytes", (value, length) => {
  const writer = new ByteWriter();
  writer.varint(value);
  expect(writer.length).toBe(length);
});

test("what was written is read again, in the same order", () => {
  const part = fc.oneof(fc.nat({ max: Number.MAX_SAFE_INTEGER }), fc.uint8Array({ maxLength: 300 }));
  fc.assert(
    fc.property(fc.array(part), (parts) => {
      const writer = new ByteWriter(4);
      for (const one of parts)
        if (typeof one === "number") writer.varint(one);
        else writer.bytes(one);
      const reader = new ByteReader(writer.copy());
      for (const one of parts)
        if (typeof one === "number") expect(reader.varint()).toBe(one);
        else expect(reader.bytes(one.length)).toEqual(one);
      expect(reader.isAtEnd).toBe(true);
    }),
  );
});

test.each([
  ["a number", (reader: ByteReader) => reader.varint()],
  ["bytes", (reader: ByteReader) => reader.bytes(3)],
])("%s beyond the end cannot be read", (_, read) => {
  expect(() => read(new ByteReader(Uint8Array.of(0xff, 0xff)))).toThrow(BrokenBytes);
});
