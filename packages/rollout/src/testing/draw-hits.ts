/** How many of so many requests hit, each with the same chance. */
export function drawHits(requests: number, share: number, random: () => number): number {
  let hits = 0;
  for (let request = 0; request < requests; request++) if (random() < share) hits++;
  return hits;
}
