/** Quantities for people: three digits and a unit, a dash for what was not measured. */

/** Of seconds, in the unit that suits them. */
export function durationText(seconds: number | null): string {
  if (seconds === null) return "-";
  if (seconds >= 1) return `${threeDigits(seconds)} s`;
  if (seconds >= 0.001) return `${threeDigits(seconds * 1e3)} ms`;
  return `${threeDigits(seconds * 1e6)} µs`;
}

/** Of requests a second. */
export function rateText(rps: number): string {
  return `${threeDigits(rps)}/s`;
}

/** Of a share of 0 to 1, in per cent. */
export function shareText(share: number | null): string {
  return share === null ? "-" : `${threeDigits(share * 100)}%`;
}

function threeDigits(value: number): number {
  return Number(value.toPrecision(3));
}
