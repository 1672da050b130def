import { ByteWriter } from "./byte-writer.ts";
import { largestCount, lowestBucket } from "./edge-pack.ts";
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
  const [ids, requests, requestBytes] = [writerFor(rows, 2), writerFor(rows, 2), writerFor(rows, 4)];
  const [responseBytes, durations, lengths] = [writerFor(rows, 4), writerFor(rows, 4), writerFor(rows, 1)];
  const histograms = writerFor(rows, 16);
  const columns = [ids, requests, requestBytes, responseBytes, durations, lengths, histograms];
  let before = 0;
  for (const row of rows) {
    const id = series[row] as number;
    ids.varint(id - before);
    before = id;
    requests.varint(stored(sums.requests[row] as number));
    requestBytes.varint(stored(sums.requestBytes[row] as number));
    responseBytes.varint(stored(sums.responseBytes[row] as number));
    durations.varint(stored(sums.durationUs[row] as number));
    const start = histograms.length;
    writeHistogram(histograms, sums, row, { lowest, highest, stored });
    lengths.varint(histograms.length - start);
  }
  const pack = new ByteWriter(columns.reduce((sum, { length }) => sum + length, 64));
  pack.varint(signed ? 2 : 1);
  pack.varint(rows.length);
  pack.varint(lowest - lowestBucket);
  pack.varint(highest - lowestBucket);
  for (const column of columns) pack.varint(column.length);
  for (const column of columns) pack.bytes(column.view());
  return pack.copy();
}

function writerFor({ length }: readonly unknown[], bytesEach: number): ByteWriter {
  return new ByteWriter(length * bytesEach + 8);
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

function writeHistogram(
  to: ByteWriter,
  sums: SeriesSums,
  row: number,
  { lowest, highest, stored }: Encoding,
): void {
  const start = row * sums.width - sums.lowest;
  let before = lowest - 1;
  for (let bucket = lowest; bucket <= highest; bucket++) {
    const count = sums.buckets[start + bucket] as number;
    if (count === 0) continue;
    const leftOut = bucket - before - 1;
    to.varint(stored(count) * 2 + (leftOut > 0 ? 1 : 0));
    if (leftOut > 0) to.varint(leftOut - 1);
    before = bucket;
  }
}

function limited(value: number): number {
  return Math.min(value, largestCount);
}

/** 0, -1, 1, -2, … as 0, 1, 2, 3, … */
function zigzag(value: number): number {
  const size = Math.min(Math.abs(value), (largestCount - 1) / 2);
  return value < 0 ? size * 2 - 1 : size * 2;
}
