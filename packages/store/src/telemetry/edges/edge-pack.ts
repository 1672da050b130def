import { BrokenBytes, ByteReader } from "./byte-reader.ts";

/**
 * A pack: the sums of many series in one slot, column by column, so that a question reads what it asks for and skips
 * the rest. Its head, in varints:
 *
 *     format      1: no number is below zero, 2: numbers have signs (zigzag)
 *     entries     how many
 *     lowest, highest   of the buckets in use, counted from -512; lowest above highest: there are none
 *     widths      of the six columns that follow: bytes that a number takes there
 *     histograms  bytes of all of them
 *
 * Then the columns, of numbers as wide as the widest of them needs, the lowest byte first:
 *
 *     series      ascending, each as its distance from the one before
 *     requests
 *     request bytes
 *     response bytes
 *     duration    in microseconds: whole numbers, so that what is taken back again leaves nothing
 *     bytes of each histogram
 *
 * Then the histograms, each a list of runs of neighbouring buckets:
 *
 *     how many buckets before it are left out, a varint
 *     how many are in it, four times, and the {@link runWidths} of their counts, a varint
 *     counts
 *
 * Where the next number begins never depends on this one. A processor that has to guess that, as with varints, guesses
 * wrong so often that reading takes twice as long.
 */
export interface Pack {
  readonly bytes: Uint8Array;
  readonly signed: boolean;
  readonly entries: number;
  /** Lowest and highest bucket in use; lowest above highest: there are none. */
  readonly lowest: number;
  readonly highest: number;
  /** Where each column begins, and after the six of them the histograms. */
  readonly starts: Int32Array;
  readonly widths: Int32Array;
}

/** Numbers of an entry that have a column each, in the order of the format. */
export const packColumns = { requests: 1, requestBytes: 2, responseBytes: 3, durationUs: 4 } as const;
export type PackColumn = (typeof packColumns)[keyof typeof packColumns];

/** Buckets outside of these, 0.2 ns and 136 years, are counted with the nearest. */
export const lowestBucket = -512;
export const highestBucket = 511;

/** The largest count there can be: with its sign it still is a whole number exactly. */
export const largestCount = 2 ** 52 - 1;

/** Bytes of a count in a run, by the number that stands for them. */
export const runWidths = [1, 2, 4, 7] as const;

const columnCount = 6;
const widest = 7;

/** @throws BrokenBytes for bytes that are no pack. */
export function openPack(bytes: Uint8Array): Pack {
  const reader = new ByteReader(bytes);
  const format = reader.varint();
  if (format !== 1 && format !== 2) throw new BrokenBytes(`a pack of format ${format}`);
  const entries = reader.varint();
  const lowest = reader.varint() + lowestBucket;
  const highest = reader.varint() + lowestBucket;
  const widths = new Int32Array(columnCount);
  for (let column = 0; column < columnCount; column++) widths[column] = reader.varint();
  const histograms = reader.varint();
  const starts = new Int32Array(columnCount + 1);
  let end = reader.at;
  for (let column = 0; column < columnCount; column++) {
    const width = widths[column] as number;
    if (width < 1 || width > widest) throw new BrokenBytes(`a column of numbers of ${width} bytes`);
    starts[column] = end;
    end += entries * width;
  }
  starts[columnCount] = end;
  end += histograms;
  if (end !== bytes.length) throw new BrokenBytes(`a pack of ${bytes.length} bytes instead of ${end}`);
  return { bytes, signed: format === 2, entries, lowest, highest, starts, widths };
}

/** Series of the entries, into the first places of `series`. */
export function readSeries({ bytes, entries, starts, widths }: Pack, series: Int32Array): void {
  let at = starts[0] as number;
  const width = widths[0] as number;
  let id = 0;
  for (let i = 0; i < entries; i++) {
    id += numberAt(bytes, at, width);
    at += width;
    series[i] = id;
  }
}

export function haveSameSeries(a: Pack, b: Pack): boolean {
  if (a.entries !== b.entries || a.widths[0] !== b.widths[0]) return false;
  const of = ({ bytes, starts }: Pack) => bytes.subarray(starts[0], starts[1]);
  return Buffer.compare(of(a), of(b)) === 0;
}

/** The number of `width` bytes at a place. Nearly all are of one or two. */
export function numberAt(bytes: Uint8Array, at: number, width: number): number {
  let value = bytes[at] as number;
  if (width === 1) return value;
  value |= (bytes[at + 1] as number) << 8;
  if (width === 2) return value;
  value |= (bytes[at + 2] as number) << 16;
  let scale = 2 ** 24;
  for (let i = 3; i < width; i++) {
    value += (bytes[at + i] as number) * scale;
    scale *= 256;
  }
  return value;
}

/** Of 0, 1, 2, 3, … as 0, -1, 1, -2, …, where numbers have signs. */
export function withSign(value: number, signed: boolean): number {
  if (!signed) return value;
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}
