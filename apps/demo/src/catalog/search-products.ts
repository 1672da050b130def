import type { Product } from "./product.ts";

export type SortOrder = "relevance" | "price" | "-price" | "name";

export type ProductQuery = {
  /** Free words; every one of them must be found. */
  words: string;
  category: string | undefined;
  sort: SortOrder;
  limit: number;
  offset: number;
};

/** One page of the matching products, and how many match in all. Ties keep the catalogue's own order. */
export function searchProducts(
  products: readonly Product[],
  query: ProductQuery,
): { total: number; items: Product[] } {
  const words = query.words.toLowerCase().split(/\s+/).filter(Boolean);
  const found = products
    .filter((product) => query.category === undefined || product.category === query.category)
    .map((product) => ({ product, score: relevance(product, words) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => compare[query.sort](a.product, b.product) || b.score - a.score)
    .map(({ product }) => product);
  return { total: found.length, items: found.slice(query.offset, query.offset + query.limit) };
}

const compare: Record<SortOrder, (a: Product, b: Product) => number> = {
  relevance: () => 0,
  price: (a, b) => a.priceCents - b.priceCents,
  "-price": (a, b) => b.priceCents - a.priceCents,
  name: (a, b) => a.name.localeCompare(b.name, "en"),
};

/** A word in the name counts most, then a tag, then the description; 0 when a word is found nowhere. */
function relevance(product: Product, words: string[]): number {
  const name = product.name.toLowerCase();
  const description = product.description.toLowerCase();
  let score = 1;
  for (const word of words) {
    const inName = name.includes(word) ? 8 : 0;
    const inTags =
      product.tags.some((tag) => tag.startsWith(word)) || product.category.startsWith(word) ? 4 : 0;
    const inDescription = description.includes(word) ? 1 : 0;
    if (inName + inTags + inDescription === 0) return 0;
    score += inName + inTags + inDescription;
  }
  return score;
}
