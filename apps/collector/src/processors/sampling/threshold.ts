/**
 * A 56-bit number in two parts, for numbers of JavaScript are exact to 53: a share of all traces by how many of 2^56 it
 * leaves out, or the randomness of one of them. A trace is kept when its randomness is not below the threshold.
 */
export interface Uint56 {
  /** The upper 24 bits. */
  readonly high: number;
  readonly low: number;
}

/** Digits of precision that OpenTelemetry recommends; equal shares are equal thresholds in every process. */
const recommendedDigits = 4;

/**
 * The rejection threshold of a probability, in (0, 1] (OpenTelemetry: TraceState probability sampling, converting
 * floating-point probability to threshold value). Precision is of the share that is kept, so small shares get more digits.
 */
export function thresholdOf(probability: number): Uint56 {
  if (probability >= 1) return { high: 0, low: 0 };
  const digits = Math.max(1, Math.min(12, recommendedDigits + Math.floor(exponentOf(probability) / -4)));
  const rejected = 2 - probability + 0.5 * 16 ** -digits;
  const hex = rejected >= 2 ? "f".repeat(digits) : fractionHex(rejected).slice(0, digits);
  return parseHex(hex);
}

/** The share of traces that a threshold keeps. */
export function probabilityOf({ high, low }: Uint56): number {
  return 1 - (high / 2 ** 24 + low / 2 ** 56);
}

/** Up to 14 hexadecimal digits; missing ones are zeros. */
export function parseHex(hex: string): Uint56 {
  const all = hex.padEnd(14, "0");
  return { high: Number.parseInt(all.slice(0, 6), 16), low: Number.parseInt(all.slice(6, 14), 16) };
}

export function isAtLeast(a: Uint56, b: Uint56): boolean {
  return a.high > b.high || (a.high === b.high && a.low >= b.low);
}

function bitsOf(value: number): bigint {
  return new BigUint64Array(new Float64Array([value]).buffer)[0] ?? 0n;
}

/** Of a number written as m x 2^exponent with m in [0.5, 1), as C's frexp does. */
function exponentOf(value: number): number {
  return Number((bitsOf(value) >> 52n) & 0x7ffn) - 1022;
}

/** The 13 hexadecimal digits behind the point of a number in [1, 2). */
function fractionHex(value: number): string {
  return BigInt.asUintN(52, bitsOf(value)).toString(16).padStart(13, "0");
}
