import { expect, test } from "vitest";
import { cursorAt, formatCursor, parseCursor } from "./trace-cursor.ts";

const traceId = "0f6a4b5c-0000-4000-8000-0123456789ab";

test.each([
  { startNs: 1_795_809_600_000_000_000n, traceId, known: [] },
  { startNs: -5n, traceId, known: [] },
  { startNs: 2n ** 63n - 1n, traceId, known: [] },
  {
    ...cursorAt(7n),
    known: [
      { traceId, hourNs: "1795809600000000000" },
      { traceId, hourNs: "-3600000000000" },
    ],
  },
])("what was written is read again: $startNs", (cursor) => {
  expect(parseCursor(formatCursor(cursor))).toEqual(cursor);
});

test.each([
  undefined,
  "",
  "1",
  `1.${traceId}.2`,
  `1.${traceId}.${traceId}`,
  `1.${traceId}.${traceId}@1234567`,
  `1.${traceId.replaceAll("-", "")}`,
  `x.${traceId}`,
  `1.5.${traceId}`,
  `9223372036854775808.${traceId}`,
  "1.----0000-0000-0000-0000-000000000000",
])("what is no cursor is none: %s", (text) => {
  expect(parseCursor(text)).toBeUndefined();
});

test("of what is known, a hundred traces at most are kept", () => {
  const known = Array.from({ length: 101 }, () => ({ traceId, hourNs: "0" }));
  expect(parseCursor(formatCursor({ startNs: 1n, traceId, known }))?.known).toHaveLength(100);
});
