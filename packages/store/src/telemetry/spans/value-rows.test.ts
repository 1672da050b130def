import { crc32 } from "node:zlib";
import { expect, test } from "vitest";
import { sampleNs, sampleSpan, sampleSpanId, sampleTraceId } from "../sample-records.ts";
import { hourNs } from "../time.ts";
import { spanBlockOf } from "./span-block-of.ts";
import { type ValueRow, valueRowsOf } from "./value-rows.ts";

const hour = Number(sampleNs / hourNs);
const crc = (member: string) => crc32(member) | 0;

/** Pairs of hash and trace number. */
function pairsOf({ hashes, owners, traces }: ValueRow): [number, number][] {
  return Array.from(hashes, (hash, i) => {
    const trace = traces[(owners[i] as number) - 1] as string;
    return [hash, Number.parseInt(Buffer.from(trace, "latin1").toString("hex"), 16)];
  });
}

const span = (trace: number, attributes: Record<string, unknown>, startNs = sampleNs) =>
  sampleSpan({ traceId: sampleTraceId(trace), attributes, startNs });

test("each attribute of each trace once, in the order of the hashes", () => {
  const blocks = [
    spanBlockOf([span(1, { a: "x", b: "y" }), span(2, { a: "x" }), span(3, {})]),
    spanBlockOf([
      { ...span(1, { a: "x" }), parentSpanId: sampleSpanId(9), statusMessage: "no", events: [{ name: "e" }] },
    ]),
  ];
  const [row, ...others] = valueRowsOf(blocks);
  expect(others).toEqual([]);
  expect(row?.hour).toBe(hour);
  const expected = [[crc('"a":"x"'), 1] as const, [crc('"a":"x"'), 2] as const, [crc('"b":"y"'), 1] as const];
  expect(row && pairsOf(row)).toEqual(expected.toSorted(([a, m], [b, n]) => a - b || m - n));
});

test("a row for each hour, before 1970 too", () => {
  const rows = valueRowsOf([
    spanBlockOf([span(1, { a: "x" }), span(1, { a: "x" }, sampleNs + hourNs), span(1, { a: "x" }, -1n)]),
  ]);
  expect(rows.map((row) => row.hour)).toEqual([hour, hour + 1, -1]);
  for (const row of rows) expect(pairsOf(row)).toEqual([[crc('"a":"x"'), 1]]);
});

test("no row of spans without attributes that are looked for", () => {
  expect(valueRowsOf([spanBlockOf([span(1, {}), span(2, { flag: true })])])).toEqual([]);
});

test("more rows than one of more traces than a row can number", () => {
  const spans = Array.from({ length: 30_001 }, (_, i) => span(i + 1, { a: i }));
  const rows = valueRowsOf([spanBlockOf(spans)]);
  expect(rows.map(({ traces }) => traces.length)).toEqual([30_000, 1]);
  const all = new Set(rows.flatMap(pairsOf).map(([, trace]) => trace));
  expect(all.size).toBe(30_001);
});
