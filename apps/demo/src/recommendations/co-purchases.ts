/** Counts which products leave the shop together, and which leave it at all. */
export type CoPurchases = {
  add(skus: readonly string[]): void;
  remove(skus: readonly string[]): void;
  /** The best companions of the given products, those left out; filled up with what sells best. Never random. */
  best(skus: readonly string[], limit: number): string[];
};

export function createCoPurchases(): CoPurchases {
  const together = new Map<string, Map<string, number>>();
  const sold = new Map<string, number>();

  const count = (skus: readonly string[], by: 1 | -1) => {
    const basket = [...new Set(skus)];
    for (const sku of basket) {
      bump(sold, sku, by);
      const companions = together.get(sku) ?? new Map<string, number>();
      together.set(sku, companions);
      for (const other of basket) if (other !== sku) bump(companions, other, by);
    }
  };

  return {
    add: (skus) => count(skus, 1),
    remove: (skus) => count(skus, -1),
    best(skus, limit) {
      const scores = new Map<string, number>();
      for (const sku of skus) {
        for (const [other, times] of together.get(sku) ?? []) {
          // By the square root of its own sales (cosine similarity), or the bestseller would go with everything.
          const score = times / Math.sqrt(sold.get(other) ?? 1);
          scores.set(other, (scores.get(other) ?? 0) + score);
        }
      }
      const companions = descending(scores);
      const bestsellers = descending(sold);
      const ranked = [...new Set([...companions, ...bestsellers])];
      return ranked.filter((sku) => !skus.includes(sku)).slice(0, limit);
    },
  };
}

function bump(counts: Map<string, number>, sku: string, by: 1 | -1): void {
  const value = (counts.get(sku) ?? 0) + by;
  if (value > 0) counts.set(sku, value);
  else counts.delete(sku);
}

/** Highest first; equals by SKU, so that the same counts always give the same list. */
function descending(scores: Map<string, number>): string[] {
  return [...scores].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([sku]) => sku);
}
