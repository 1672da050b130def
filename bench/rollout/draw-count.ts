/** How many of so many requests hit, each with the same chance (binomial): by the gaps between the ones that do. */
export function drawCount(requests: number, share: number, random: () => number): number {
  if (share <= 0) return 0;
  const scale = 1 / Math.log1p(-share);
  let hits = 0;
  let at = Math.floor(Math.log1p(-random()) * scale);
  while (at < requests) {
    hits++;
    at += 1 + Math.floor(Math.log1p(-random()) * scale);
  }
  return hits;
}
