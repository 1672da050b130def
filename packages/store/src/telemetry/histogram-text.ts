import type { SparseHistogram } from "@weir/domain";

/** Indexes a smallint can hold, shifted to begin at zero. */
const shift = 32_768;
const span = 65_536;

/**
 * Sum of histograms that arrive as Postgres writes arrays, one behind the other: `{-3,5}{5,7}` for the indexes
 * and `{1,1}{2,9}` for the counts. A little faster than summing in SQL, and most of what is left of the work is
 * done by the many who ask instead of the one database (docs/adr/0004 has the figures).
 *
 * @param sums all zero, of {@link createHistogramSums}; it is given back all zero, for the next call.
 */
export function mergeHistogramTexts(indexes: string, counts: string, sums: Float64Array): SparseHistogram {
  const nextIndex = integersIn(indexes);
  const nextCount = integersIn(counts);
  let lowest = span;
  let highest = -1;
  for (let index = nextIndex(); index !== undefined; index = nextIndex()) {
    const at = index + shift;
    sums[at] = (sums[at] ?? 0) + (nextCount() ?? 0);
    if (at < lowest) lowest = at;
    if (at > highest) highest = at;
  }
  const merged: { indexes: number[]; counts: number[] } = { indexes: [], counts: [] };
  for (let at = lowest; at <= highest; at++) {
    const count = sums[at] ?? 0;
    if (count === 0) continue;
    merged.indexes.push(at - shift);
    merged.counts.push(count);
    sums[at] = 0;
  }
  return merged;
}

/** One place for every index there can be: faster than a map, and worth making only once for many merges. */
export function createHistogramSums(): Float64Array {
  return new Float64Array(span);
}

const minus = 0x2d;
const zero = 0x30;
const nine = 0x39;

/** Each call gives the next integer of the text; whatever is no digit separates. */
function integersIn(text: string): () => number | undefined {
  let at = 0;
  return () => {
    let code = text.charCodeAt(at);
    while (code !== minus && !(code >= zero && code <= nine)) {
      if (++at >= text.length) return undefined;
      code = text.charCodeAt(at);
    }
    const negative = code === minus;
    if (negative) code = text.charCodeAt(++at);
    let value = 0;
    while (code >= zero && code <= nine) {
      value = value * 10 + code - zero;
      code = text.charCodeAt(++at);
    }
    return negative ? -value : value;
  };
}
