import { numberAt, type Pack, type PackColumn, runWidths, withSign } from "./edge-pack.ts";

/**
 * Adds a column's numbers to sums. Here and below numbers of the usual widths are read on the spot, a loop for each: all
 * of a question's time is spent in these loops, and so it is a quarter less.
 *
 * @param rows the place of each entry among the sums; below zero: it is left out.
 */
export function addColumn(pack: Pack, column: PackColumn, rows: Int32Array, sums: Float64Array): void {
  const { bytes, entries, signed } = pack;
  const width = pack.widths[column] as number;
  let at = pack.starts[column] as number;
  if (width === 1 && !signed)
    for (let i = 0; i < entries; i++) {
      const row = rows[i] as number;
      if (row >= 0) sums[row] = (sums[row] as number) + (bytes[at + i] as number);
    }
  else if (width === 2 && !signed)
    for (let i = 0; i < entries; i++) {
      const value = (bytes[at] as number) | ((bytes[at + 1] as number) << 8);
      at += 2;
      const row = rows[i] as number;
      if (row >= 0) sums[row] = (sums[row] as number) + value;
    }
  else
    for (let i = 0; i < entries; i++) {
      const value = withSign(numberAt(bytes, at, width), signed);
      at += width;
      const row = rows[i] as number;
      if (row >= 0) sums[row] = (sums[row] as number) + value;
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
  const { bytes, entries, signed } = pack;
  const first = pack.lowest - lowest;
  const lengthWidth = pack.widths[5] as number;
  let lengthAt = pack.starts[5] as number;
  let at = pack.starts[6] as number;
  for (let i = 0; i < entries; i++) {
    const end = at + numberAt(bytes, lengthAt, lengthWidth);
    lengthAt += lengthWidth;
    const row = rows[i] as number;
    if (row < 0) {
      at = end;
      continue;
    }
    let place = row * width + first;
    while (at < end) {
      let head = bytes[at++] as number;
      if (head >= 0x80) head = (head & 0x7f) | ((bytes[at++] as number) << 7);
      place += head;
      head = bytes[at++] as number;
      if (head >= 0x80) head = (head & 0x7f) | ((bytes[at++] as number) << 7);
      const code = head & 3;
      const runEnd = place + (head >> 2);
      if (code === 0 && !signed)
        for (; place < runEnd; place++) sums[place] = (sums[place] as number) + (bytes[at++] as number);
      else if (code === 1 && !signed)
        for (; place < runEnd; place++) {
          const count = (bytes[at] as number) | ((bytes[at + 1] as number) << 8);
          at += 2;
          sums[place] = (sums[place] as number) + count;
        }
      else {
        const countWidth = runWidths[code] as number;
        for (; place < runEnd; place++) {
          const count = withSign(numberAt(bytes, at, countWidth), signed);
          at += countWidth;
          sums[place] = (sums[place] as number) + count;
        }
      }
    }
  }
}
