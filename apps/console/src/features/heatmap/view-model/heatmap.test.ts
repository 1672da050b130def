import { expect, test } from "vitest";
import type { Heatmap } from "../../../server/heatmap/of.ts";
import { cellAfterKey } from "./cell-keys.ts";
import { shadeOf } from "./draw-heatmap.ts";
import { cellAt, countAt, heatGrid, heightOf, latencyTicks, rowStart } from "./heat-grid.ts";
import { bordersOf, boxBetween, boxOf, countIn, parseRegion, printRegion, regionOf } from "./heat-region.ts";

/** Each column as pairs of bucket and count. */
const heatmap = (...columns: [bucket: number, count: number][][]): Heatmap => ({
  stepMs: 10_000,
  columns: columns.map((cells, i) => ({
    atMs: 1_000_000 + i * 10_000,
    buckets: cells.map(([bucket]) => bucket),
    counts: cells.map(([, count]) => count),
  })),
});

const grid = (mostRows: number, ...columns: [number, number][][]) => {
  const made = heatGrid(heatmap(...columns), mostRows);
  if (!made) throw new Error("no requests");
  return made;
};

test("without requests there is no picture", () => {
  expect(heatGrid(heatmap([], []), 40)).toBeUndefined();
  expect(heatGrid({ stepMs: 10_000, columns: [] }, 40)).toBeUndefined();
});

test("every request is in a cell of its column, whatever its latency", () => {
  const made = grid(
    48,
    [[-110, 3]],
    [],
    [
      [-20, 1],
      [35, 2],
    ],
  );
  const column = (c: number) =>
    Array.from({ length: made.rows }, (_, row) => countAt(made, { column: c, row })).reduce((a, b) => a + b);
  expect([0, 1, 2].map(column)).toEqual([3, 0, 3]);
  expect([made.requests, made.most]).toEqual([6, 3]);
});

test.each`
  from    | to      | mostRows | bucketsPerRow
  ${-100} | ${-100} | ${48}    | ${1}
  ${-100} | ${-60}  | ${48}    | ${1}
  ${-100} | ${-20}  | ${48}    | ${2}
  ${-160} | ${60}   | ${48}    | ${8}
  ${-160} | ${60}   | ${24}    | ${16}
`("buckets $from to $to in $mostRows rows: $bucketsPerRow a row", ({ from, to, mostRows, bucketsPerRow }) => {
  const made = grid(mostRows, [
    [from, 1],
    [to, 1],
  ]);
  expect(made.bucketsPerRow).toBe(bucketsPerRow);
  expect(made.rows).toBeLessThanOrEqual(mostRows + 1);
});

test("a latency's height agrees with its row, and a point's cell with both", () => {
  const made = grid(48, [[-110, 1]], [[20, 1]]);
  for (const row of [0, 3, made.rows - 1]) {
    const middle = Math.sqrt(rowStart(made, row) * rowStart(made, row + 1));
    expect(heightOf(made, middle)).toBeCloseTo((row + 0.5) / made.rows, 10);
    expect(cellAt(made, 0.75, 1 - heightOf(made, middle))).toEqual({ column: 1, row });
  }
  expect(cellAt(made, -1, -1)).toEqual({ column: 0, row: made.rows - 1 });
  expect(cellAt(made, 2, 2)).toEqual({ column: 1, row: 0 });
});

test("ticks are round and lie inside", () => {
  expect(
    latencyTicks(
      grid(48, [
        [-106, 1],
        [-60, 1],
      ]),
    ),
  ).toEqual([0.01, 0.02, 0.05]);
  expect(
    latencyTicks(
      grid(48, [
        [-160, 1],
        [40, 1],
      ]),
    ),
  ).toEqual([0.001, 0.01, 0.1, 1]);
});

test("a region is the cells it was made of, in the address and back", () => {
  const made = grid(24, [[-110, 1]], [[-40, 5]], [[10, 2]]);
  const box = boxBetween({ column: 2, row: made.rows - 1 }, { column: 1, row: 3 });
  const region = regionOf(made, box);
  expect(parseRegion(printRegion(region))).toEqual(region);
  expect(boxOf(made, region)).toEqual(box);
  expect(countIn(made, boxBetween({ column: 0, row: 0 }, { column: 2, row: made.rows - 1 }))).toBe(8);
  expect(bordersOf(made, box)).toMatchObject({ fromMs: 1_010_000, toMs: 1_030_000 });
});

test("a region that time has left behind is beside the picture; one half over its border is cut", () => {
  const made = grid(24, [[-110, 1]], [[10, 5]]);
  const bands = { lowestBucket: -50, highestBucket: -40 };
  expect(boxOf(made, { fromMs: 900_000, toMs: 1_000_000, ...bands })).toBeUndefined();
  expect(boxOf(made, { fromMs: 900_000, toMs: 1_010_000, ...bands })).toMatchObject({ left: 0, right: 0 });
  expect(
    boxOf(made, { fromMs: 1_000_000, toMs: 2_000_000, lowestBucket: 900, highestBucket: 901 }),
  ).toBeUndefined();
});

test.each`
  text
  ${""}
  ${"1_2_3"}
  ${"2_1_0_0"}
  ${"1_2_5_4"}
  ${"1_2_3_4_5"}
  ${"1_2_<b>_4"}
  ${"1e3_2_3_4"}
  ${"1_99999999999999999999_3_4"}
`("$text is no region", ({ text }) => {
  expect(parseRegion(text)).toBeNull();
});

test.each`
  key             | column | row
  ${"ArrowLeft"}  | ${0}   | ${1}
  ${"ArrowRight"} | ${2}   | ${1}
  ${"ArrowUp"}    | ${1}   | ${2}
  ${"ArrowDown"}  | ${1}   | ${0}
  ${"PageDown"}   | ${1}   | ${0}
  ${"Home"}       | ${0}   | ${1}
  ${"End"}        | ${2}   | ${1}
`("$key leads to column $column, row $row, and never out of the picture", ({ key, column, row }) => {
  const made = grid(24, [[-110, 1]], [], [[10, 5]]);
  const end = cellAfterKey(made, { column: 1, row: 1 }, key);
  expect(end).toEqual({ column, row });
  let at = { column: 1, row: 1 };
  for (let i = 0; i < 99; i++) at = cellAfterKey(made, at, key) ?? at;
  expect(at.column >= 0 && at.column < made.columns && at.row >= 0 && at.row < made.rows).toBe(true);
});

test("other keys lead nowhere", () => {
  expect(cellAfterKey(grid(24, [[0, 1]]), { column: 0, row: 0 }, "a")).toBeUndefined();
});

test("one request has the lightest shade, the most the darkest, a lone request too", () => {
  expect([shadeOf(1, 1_000), shadeOf(1_000, 1_000), shadeOf(1, 1), shadeOf(0.4, 9)]).toEqual([0, 1, 1, 0]);
});
