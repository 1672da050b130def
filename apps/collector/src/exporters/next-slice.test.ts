import { encodeLogs } from "@weir/telemetry/otlp";
import { expect, test } from "vitest";
import type { OtlpRequest } from "../intake.ts";
import { nextSlice } from "./next-slice.ts";

const logs = (...logRecords: object[]): OtlpRequest => ({
  ...{ signal: "logs", encoding: "protobuf" },
  body: encodeLogs({ resourceLogs: [{ scopeLogs: [{ logRecords }] }] }, "protobuf"),
});
const ordinary = logs({ body: "hello", attributes: { level: "info" } });
const emptyRecords = logs(...Array<object>(60_000).fill({}));
/** One item, and still megabytes. */
const manyAttributes = logs({
  attributes: Object.fromEntries(Array.from({ length: 12_000 }, (_, i) => [`k${i}`, ""])),
});
const broken: OtlpRequest = { ...ordinary, body: Buffer.alloc(100, 0xff) };

test.each`
  what                              | requests                          | most
  ${"ordinary requests"}            | ${Array(1000).fill(ordinary)}     | ${1000}
  ${"requests of empty records"}    | ${Array(64).fill(emptyRecords)}   | ${2}
  ${"requests of one large record"} | ${Array(64).fill(manyAttributes)} | ${3}
  ${"what cannot be read"}          | ${Array(9).fill(broken)}          | ${9}
`("$what: not more at once than fits into memory", ({ requests, most }) => {
  const slices: number[] = [];
  for (let from = 0; from < requests.length; from += slices.at(-1) ?? 1)
    slices.push(nextSlice(requests, from));
  expect(slices.reduce((sum, count) => sum + count, 0)).toBe(requests.length);
  expect(Math.min(...slices)).toBeGreaterThan(0);
  expect(Math.max(...slices)).toBeLessThanOrEqual(most);
  if (most >= requests.length) expect(slices).toEqual([requests.length]);
});

test("one that is larger than a slice goes by itself", () => {
  const large: OtlpRequest = { ...emptyRecords, body: Buffer.concat(Array(4).fill(emptyRecords.body)) };
  expect([nextSlice([large, ordinary], 0), nextSlice([ordinary, large], 0)]).toEqual([1, 1]);
});
