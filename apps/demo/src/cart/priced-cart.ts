import type { Product } from "../catalog/product.ts";
import type { Call } from "../service/call.ts";
import { HttpError } from "../service/http-error.ts";
import { type CartTotals, cartTotals } from "./cart-totals.ts";

export type CartItem = { sku: string; quantity: number };

export type PricedLine = {
  sku: string;
  name: string;
  quantity: number;
  unitCents: number;
  weightGrams: number;
  lineCents: number;
};

export type PricedCart = { cartId: string; lines: PricedLine[] } & CartTotals;

/** A cart with today's prices from the catalogue. @throws HttpError 422 for a SKU the catalogue does not know */
export async function priceCart(call: Call, cartId: string, items: readonly CartItem[]): Promise<PricedCart> {
  const products = items.length === 0 ? [] : await lookUp(call, items);
  const bySku = new Map(products.map((product) => [product.sku, product]));
  const lines = items.map(({ sku, quantity }): PricedLine => {
    const product = bySku.get(sku);
    if (!product) throw new HttpError(422, "unknown-product", `there is no product ${sku}`, { sku });
    const { name, priceCents: unitCents, weightGrams } = product;
    return { sku, name, quantity, unitCents, weightGrams, lineCents: unitCents * quantity };
  });
  return { cartId, lines, ...cartTotals(lines) };
}

async function lookUp(call: Call, items: readonly CartItem[]): Promise<Product[]> {
  const skus = items.map(({ sku }) => sku).join(",");
  const page = await call<{ items: Product[] }>("catalog", "GET", `/products?skus=${skus}`);
  return page.items;
}
