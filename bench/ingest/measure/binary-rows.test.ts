import { expect, test } from "vitest";
import { BinaryRows } from "./binary-rows.ts";

const header = Buffer.concat([Buffer.from("PGCOPY\n\xff\r\n\0", "latin1"), Buffer.alloc(8)]);
const trailer = Buffer.from([0xff, 0xff]);

/** Rows of two fields: a number of bytes, and NULL. */
const rows = [3, 0, 200, 7, 1].map((length, i) => {
  const row = Buffer.alloc(2 + 4 + length + 4, i);
  row.writeInt16BE(2, 0);
  row.writeInt32BE(length, 2);
  row.writeInt32BE(-1, row.length - 4);
  return row;
});
const stream = Buffer.concat([header, ...rows, trailer]);

test.each([1, 5, 64, stream.length])("parts are whole streams of two rows, read by %d bytes", (size) => {
  const parts: { part: Buffer; count: number }[] = [];
  const cutter = new BinaryRows(2, (part, count) => parts.push({ part, count }));
  for (let round = 0; round < 2; round++) {
    for (let at = 0; at < stream.length; at += size) cutter.push(stream.subarray(at, at + size));
    cutter.end();
  }
  const expected = [rows.slice(0, 2), rows.slice(2, 4), rows.slice(4)].map((part) => ({
    part: Buffer.concat([header, ...part, trailer]),
    count: part.length,
  }));
  expect(parts).toEqual([...expected, ...expected]);
});
