const goldenRatio = (Math.sqrt(5) - 1) / 2;

/**
 * Numbers in [0, 1) that fill it evenly (Weyl's sequence by the golden ratio): of many requests a share of p has its
 * chance of p come true to within a few requests, and the same draft is told the same twice. Draws of one request
 * hang together, so only shares of single chances mean something.
 */
export function evenChance(): () => number {
  let last = 0;
  return () => {
    last = (last + goldenRatio) % 1;
    return last;
  };
}
