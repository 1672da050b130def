import { ByteWriter } from "./byte-writer.ts";
import { largestCount, lowestBucket, runWidths } from "./edge-pack.ts";
import type { SeriesSums } from "./series-sums.ts";

/**
 * The pack of all rows that count anything; undefined: none does. What is left of a duration when its requests were
 * taken back again is a rounding error.
 *
 * @param series of the rows, ascending.
 */
export function encodePack(sums: SeriesSums, series: Int32Array): Uint8Array | undefined {
  const { rows, signed, lowest, highest } = survey(sums);
  if (rows.length === 0) return undefined;
  const stored = signed ? zigzag : limited;
  const histograms = new ByteWriter(rows.length * 16);
  const lengths = rows.map((row) => {
    const start = histograms.length;
    writeHistogram(histograms, sums, row, { lowest, highest, stored });
    return histograms.length - start;
  });
  const columnOf = (column: Float64Array) => rows.map((row) => stored(column[row] as number));
  const columns = [
    rows.map((row, i) => (series[row] as number) - (i === 0 ? 0 : (series[rows[i - 1] as number] as number))),
    ...[columnOf(sums.requests), columnOf(sums.requestBytes), columnOf(sums.responseBytes)],
    ...[columnOf(sums.durationUs), lengths],
  ];
  const widths = columns.map(widthOf);
  const pack = new ByteWriter(histograms.length + rows.length * 24 + 64);
  for (const number of [signed ? 2 : 1, rows.length, lowest - lowestBucket, highest - lowestBucket])
    pack.varint(number);
  for (const width of widths) pack.varint(width);
  pack.varint(histograms.length);
  columns.forEach((column, i) => {
    for (const number of column) pack.number(number, widths[i] ?? 1);
  });
  pack.bytes(histograms.view());
  return pack.copy();
}

function widthOf(numbers: readonly number[]): number {
  let width = 1;
  for (const number of numbers) while (number >= 256 ** width) width++;
  return width;
}

interface Survey {
  readonly rows: number[];
  readonly signed: boolean;
  readonly lowest: number;
  readonly highest: number;
}

function survey({ rows, width, lowest, buckets, ...sums }: SeriesSums): Survey {
  const filled: number[] = [];
  let signed = false;
  let first = width;
  let last = -1;
  for (let row = 0; row < rows; row++) {
    const counted = [sums.requests[row], sums.requestBytes[row], sums.responseBytes[row]] as number[];
    let empty = counted.every((number) => number === 0);
    if (counted.some((number) => number < 0) || (sums.durationUs[row] as number) < 0) signed = true;
    for (let at = 0; at < width; at++) {
      const count = buckets[row * width + at] as number;
      if (count === 0) continue;
      empty = false;
      if (count < 0) signed = true;
      if (at < first) first = at;
      if (at > last) last = at;
    }
    if (!empty) filled.push(row);
  }
  if (last < 0) return { rows: filled, signed, lowest: lowestBucket + 1, highest: lowestBucket };
  return { rows: filled, signed, lowest: lowest + first, highest: lowest + last };
}

interface Encoding {
  readonly lowest: number;
  readonly highest: number;
  readonly stored: (value: number) => number;
}

/** So many empty buckets within a run cost less than another run. */
const longestGap = 4;

function writeHistogram(
  to: ByteWriter,
  sums: SeriesSums,
  row: number,
  { lowest, highest, stored }: Encoding,
): void {
  const first = row * sums.width - sums.lowest;
  const countOf = (bucket: number) => sums.buckets[first + bucket] as number;
  let written = lowest;
  for (let bucket = lowest; bucket <= highest; ) {
    if (countOf(bucket) === 0) {
      bucket++;
      continue;
    }
    const counts: number[] = [];
    const start = bucket;
    let end = bucket;
    for (; bucket <= highest && bucket - end <= longestGap; bucket++) {
      const count = countOf(bucket);
      counts.push(stored(count));
      if (count !== 0) end = bucket + 1;
    }
    writeRun(to, start - written, counts.slice(0, end - start));
    written = end;
  }
}

function writeRun(to: ByteWriter, leftOut: number, counts: readonly number[]): void {
  const needed = widthOf(counts);
  const code = runWidths.findIndex((width) => width >= needed);
  to.varint(leftOut);
  to.varint(counts.length * 4 + code);
  for (const count of counts) to.number(count, runWidths[code] ?? 1);
}

function limited(value: number): number {
  return Math.min(value, largestCount);
}

/** 0, -1, 1, -2, … as 0, 1, 2, 3, … */
function zigzag(value: number): number {
  const size = Math.min(Math.abs(value), (largestCount - 1) / 2);
  return value < 0 ? size * 2 - 1 : size * 2;
}
