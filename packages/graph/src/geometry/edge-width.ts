const thinnest = 1.25;
const thickest = 6;

/**
 * Width of an edge in pixels for a rate in requests per second: logarithmic, a tenth of a request and less is
 * thinnest, 1,000 and more is thickest.
 */
export function edgeWidth(rps: number): number {
  const decades = Math.log10(Math.max(rps, 0.1)) + 1;
  return thinnest + (Math.min(decades, 4) / 4) * (thickest - thinnest);
}
