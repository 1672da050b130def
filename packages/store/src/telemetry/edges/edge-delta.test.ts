import fc from "fast-check";
import { expect, test } from "vitest";
import { BrokenBytes } from "./byte-reader.ts";
import { decodeSections, encodeSections } from "./edge-delta.ts";

const section = fc.record({
  slotMs: fc.nat({ max: 8.64e11 }).map((slot) => slot * 10_000),
  chunk: fc.nat({ max: 191 }),
  bytes: fc.uint8Array({ maxLength: 500 }),
});

test("sections come out as they went in", () => {
  fc.assert(
    fc.property(fc.array(section), (sections) => {
      expect(decodeSections(encodeSections(sections))).toEqual(sections);
    }),
  );
});

test("sections that are cut off are refused", () => {
  const encoded = encodeSections([{ slotMs: 10_000, chunk: 7, bytes: Uint8Array.of(1, 2, 3) }]);
  for (let length = 1; length < encoded.length; length++)
    expect(() => decodeSections(encoded.subarray(0, length))).toThrow(BrokenBytes);
});
