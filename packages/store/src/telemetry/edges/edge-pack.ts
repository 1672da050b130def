import { BrokenBytes, ByteReader } from "./byte-reader.ts";

/**
 * A pack: the sums of many series in one slot, column by column, so that a question reads what it asks for and skips
 * the rest. All numbers are varints.
 *
 *     format      1: no number is below zero, 2: numbers have signs (zigzag)
 *     entries     how many
 *     lowest, highest   of the buckets in use, counted from -512; lowest above highest: there are none
 *     bytes of each of the seven columns that follow
 *     series      ascending, each as its distance from the one before
 *     requests
 *     request bytes
 *     response bytes
 *     duration    in microseconds: whole numbers, so that what is taken back again leaves nothing
 *     bytes of each histogram
 *     histograms  for each bucket its count, doubled; plus one where buckets before it are left out, and then how
 *                 many, less one
 *
 * So a bucket beside the one before it takes one byte up to a count of 63, which is what most are.
 */
export interface Pack {
  readonly bytes: Uint8Array;
  readonly signed: boolean;
  readonly entries: number;
  /** Lowest and highest bucket in use; lowest above highest: there are none. */
  readonly lowest: number;
  readonly highest: number;
  /** Where each column begins. */
  readonly starts: Int32Array;
}

/** Numbers of an entry that have a column each, in the order of the format. */
export const packColumns = { requests: 1, requestBytes: 2, responseBytes: 3, durationUs: 4 } as const;
export type PackColumn = (typeof packColumns)[keyof typeof packColumns];

/** Buckets outside of these, 0.2 ns and 136 years, are counted with the nearest. */
export const lowestBucket = -512;
export const highestBucket = 511;

/** The largest count there can be: doubled it still is a whole number exactly. */
export const largestCount = 2 ** 52 - 1;

const columnCount = 7;

/** @throws BrokenBytes for bytes that are no pack. */
export function openPack(bytes: Uint8Array): Pack {
  const reader = new ByteReader(bytes);
  const format = reader.varint();
  if (format !== 1 && format !== 2) throw new BrokenBytes(`a pack of format ${format}`);
  const entries = reader.varint();
  const lowest = reader.varint() + lowestBucket;
  const highest = reader.varint() + lowestBucket;
  const lengths = Array.from({ length: columnCount }, () => reader.varint());
  let end = reader.at;
  const starts = Int32Array.from(lengths, (length) => {
    end += length;
    return end - length;
  });
  if (end !== bytes.length || entries > end)
    throw new BrokenBytes(`a pack of ${bytes.length} bytes instead of ${end}`);
  return { bytes, signed: format === 2, entries, lowest, highest, starts };
}

/** Series of the entries, into the first places of `series`. */
export function readSeries({ bytes, entries, starts }: Pack, series: Int32Array): void {
  let at = starts[0] as number;
  let id = 0;
  for (let i = 0; i < entries; i++) {
    let byte = bytes[at++] as number;
    let step = byte & 0x7f;
    for (let shift = 7; byte >= 0x80; shift += 7) {
      byte = bytes[at++] as number;
      step |= (byte & 0x7f) << shift;
    }
    id += step;
    series[i] = id;
  }
}

/**
 * Adds a column's numbers to sums. Here and below numbers are read on the spot: a function that also tells where it
 * stopped would cost more than what it does.
 *
 * @param rows the place of each entry among the sums; below zero: it is left out.
 */
export function addColumn(pack: Pack, column: PackColumn, rows: Int32Array, sums: Float64Array): void {
  const { bytes, entries, signed, starts } = pack;
  let at = starts[column] as number;
  for (let i = 0; i < entries; i++) {
    let byte = bytes[at++] as number;
    let value = byte & 0x7f;
    if (byte >= 0x80) {
      byte = bytes[at++] as number;
      value |= (byte & 0x7f) << 7;
      for (let scale = 2 ** 14; byte >= 0x80; scale *= 128) {
        byte = bytes[at++] as number;
        value += (byte & 0x7f) * scale;
      }
    }
    const row = rows[i] as number;
    if (row >= 0) sums[row] = (sums[row] as number) + (signed ? unsign(value) : value);
  }
}

/**
 * Adds the histograms of entries to sums, `width` places a row of which the first is bucket `lowest`. They must have
 * room for every bucket of the pack.
 */
export function addHistograms(
  pack: Pack,
  rows: Int32Array,
  sums: Float64Array,
  lowest: number,
  width: number,
): void {
  const { bytes, entries, signed, starts } = pack;
  const first = pack.lowest - lowest - 1;
  let lengthAt = starts[5] as number;
  let at = starts[6] as number;
  for (let i = 0; i < entries; i++) {
    let length = bytes[lengthAt++] as number;
    // Two bytes are enough for any histogram: there are 1,024 buckets, of at most 10 bytes each.
    if (length >= 0x80) length = (length & 0x7f) | ((bytes[lengthAt++] as number) << 7);
    const end = at + length;
    const row = rows[i] as number;
    if (row < 0) {
      at = end;
      continue;
    }
    let place = row * width + first;
    while (at < end) {
      const byte = bytes[at++] as number;
      let count = (byte & 0x7f) >> 1;
      if (byte >= 0x80) {
        let more = bytes[at++] as number;
        count |= (more & 0x7f) << 6;
        for (let scale = 2 ** 13; more >= 0x80; scale *= 128) {
          more = bytes[at++] as number;
          count += (more & 0x7f) * scale;
        }
      }
      if ((byte & 1) !== 0) {
        const leftOut = bytes[at++] as number;
        place += leftOut < 0x80 ? leftOut + 1 : (leftOut & 0x7f) + ((bytes[at++] as number) << 7) + 1;
      }
      place++;
      sums[place] = (sums[place] as number) + (signed ? unsign(count) : count);
    }
  }
}

/** Of 0, 1, 2, 3, … as 0, -1, 1, -2, … */
function unsign(value: number): number {
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}
