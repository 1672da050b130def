/** The lines of a classic histogram from counts of its buckets, the last of which is above all bounds. */
export function classicHistogram(
  name: string,
  labels: string,
  bounds: readonly (number | string)[],
  counts: readonly number[],
  sum: number,
): string {
  let total = 0;
  const buckets = [...bounds, "+Inf"].map((bound, i) => {
    total += counts[i] ?? 0;
    return `${name}_bucket{${labels},le="${bound}"} ${total}\n`;
  });
  return `${buckets.join("")}${name}_sum{${labels}} ${sum}\n${name}_count{${labels}} ${total}\n`;
}
