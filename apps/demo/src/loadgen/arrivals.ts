/**
 * Time to the next arrival of a Poisson process, in ms. Memoryless: after a change of the rate it may simply be drawn
 * anew. Infinite at rate 0.
 */
export function nextArrivalMs(perSecond: number, random: () => number): number {
  return perSecond > 0 ? (-Math.log(1 - random()) / perSecond) * 1_000 : Number.POSITIVE_INFINITY;
}
