/** Maps differences of shares to 0..1 of a drawing, finer near zero, where they matter: a signed root. */
export interface IntervalScale {
  /** The drawing reaches from -`reach` to +`reach`. */
  readonly reach: number;
  /** 0 is the left border, 1 the right one; what is beyond stands at it. */
  at(difference: number): number;
}

/** Wide enough for the margin and for what the intervals have come down to; a whole step of 1, 2, 5 times ten. */
export function intervalScale(margin: number, ends: readonly number[]): IntervalScale {
  const known = ends.map(Math.abs).filter((end) => end < 0.9);
  const wanted = Math.max(2 * margin, ...known);
  const reach = Math.min(1, [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1].find((step) => step >= wanted) ?? 1);
  return {
    reach,
    at(difference) {
      const part = Math.max(-1, Math.min(1, difference / reach));
      return (1 + Math.sign(part) * Math.sqrt(Math.abs(part))) / 2;
    },
  };
}
