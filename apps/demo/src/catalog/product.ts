/** One article of the shop. Money is in euro cents, weight in grams, everywhere in the shop. */
export type Product = {
  sku: string;
  name: string;
  category: string;
  priceCents: number;
  weightGrams: number;
  tags: string[];
  description: string;
};
