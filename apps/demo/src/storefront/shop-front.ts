import type { PricedCart } from "../cart/priced-cart.ts";
import type { Product } from "../catalog/product.ts";
import { type Call, DependencyError } from "../service/call.ts";
import { HttpError } from "../service/http-error.ts";

export type Stock = { sku: string; available: number; restocking: boolean };
/** A product with its stock, null while inventory does not tell. */
export type OfferedProduct = Product & { available: number | null };
export type Category = { name: string; count: number };

/** Names of the services whose part is missing from an answer. */
export type Degraded = { degraded: string[] };

export type ListQuery = { q: string; category: string; sort: string; limit: number; offset: number };
export type ProductList = { total: number; items: OfferedProduct[]; categories: Category[] } & Degraded;
export type HomeView = ProductList & { recommended: Product[] };
export type ProductView = { product: OfferedProduct; recommended: Product[] } & Degraded;

/** Puts answers of several services together. Only the catalogue must be there; what else is away is left out and named. */
export type ShopFront = {
  home(): Promise<HomeView>;
  list(query: ListQuery): Promise<ProductList>;
  product(sku: string): Promise<ProductView>;
  cart(cartId: string): Promise<PricedCart>;
  setQuantity(cartId: string, sku: string, quantity: number): Promise<PricedCart>;
};

const featuredCount = 12;
/** A page rather goes without these than makes the shopper wait. */
const optionalTimeoutMs = 700;

export function createShopFront(call: Call): ShopFront {
  const list = async (query: ListQuery): Promise<ProductList> => {
    const search = new URLSearchParams(Object.entries(query).map(([key, value]) => [key, String(value)]));
    if (query.category === "") search.delete("category");
    const missing = new Set<string>();
    const [page, { categories }] = await Promise.all([
      needed(call<{ total: number; items: Product[] }>("catalog", "GET", `/products?${search}`)),
      needed(call<{ categories: Category[] }>("catalog", "GET", "/categories")),
    ]);
    const items = await withStock(page.items, missing);
    return { total: page.total, items, categories, degraded: [...missing] };
  };

  const withStock = async (products: Product[], missing: Set<string>): Promise<OfferedProduct[]> => {
    const skus = products.map(({ sku }) => sku).join(",");
    const answer =
      skus === ""
        ? { items: [] }
        : await optional<{ items: Stock[] }>("inventory", `/stock?skus=${skus}`, missing, { items: [] });
    const bySku = new Map(answer.items.map(({ sku, available }) => [sku, available]));
    return products.map((product) => ({ ...product, available: bySku.get(product.sku) ?? null }));
  };

  const recommended = async (skus: string[], missing: Set<string>): Promise<Product[]> => {
    const path = `/recommendations?limit=4&skus=${skus.join(",")}`;
    return (await optional<{ items: Product[] }>("recommendations", path, missing, { items: [] })).items;
  };

  const optional = async <T>(service: string, path: string, missing: Set<string>, without: T): Promise<T> => {
    try {
      return await call<T>(service, "GET", path, { timeoutMs: optionalTimeoutMs });
    } catch (error) {
      if (!(error instanceof DependencyError)) throw error;
      missing.add(service);
      return without;
    }
  };

  return {
    list,
    async home() {
      const missing = new Set<string>();
      const [page, suggestions] = await Promise.all([
        list({ q: "", category: "", sort: "relevance", limit: featuredCount, offset: 0 }),
        recommended([], missing),
      ]);
      return { ...page, recommended: suggestions, degraded: [...page.degraded, ...missing] };
    },
    async product(sku) {
      const missing = new Set<string>();
      const found = await needed(call<Product>("catalog", "GET", `/products/${encodeURIComponent(sku)}`));
      const [[product], suggestions] = await Promise.all([
        withStock([found], missing),
        recommended([found.sku], missing),
      ]);
      return {
        product: product ?? { ...found, available: null },
        recommended: suggestions,
        degraded: [...missing],
      };
    },
    cart: (cartId) => needed(call<PricedCart>("cart", "GET", `/carts/${cartId}`)),
    setQuantity: (cartId, sku, quantity) =>
      needed(call<PricedCart>("cart", "PUT", `/carts/${cartId}/items/${sku}`, { body: { quantity } })),
  };
}

/** Passes on what a service of the shop refused (404, 422); anything else stays a missing dependency. */
export async function needed<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (cause) {
    if (!(cause instanceof DependencyError)) throw cause;
    const { status, reason, message, service } = cause;
    if (status === undefined || reason === undefined) throw cause;
    throw new HttpError(status, reason, message, { service }, { cause });
  }
}
