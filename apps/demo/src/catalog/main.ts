import { asInteger, asSkus } from "../service/fields.ts";
import { HttpError, invalidInput } from "../service/http-error.ts";
import { runService } from "../service/run-service.ts";
import type { Product } from "./product.ts";
import products from "./products.json" with { type: "json" };
import { type SortOrder, searchProducts } from "./search-products.ts";

/** What the shop sells: search, categories, single products and look-ups of many. */
await runService("catalog", () => {
  const all: readonly Product[] = products;
  const bySku = new Map(all.map((product) => [product.sku, product]));

  return {
    routes: {
      "GET /products": ({ query }) => {
        if (query.has("skus")) {
          const items = asSkus(query.get("skus"), "skus").flatMap((sku) => bySku.get(sku) ?? []);
          return { json: { total: items.length, items } };
        }
        return {
          json: searchProducts(all, {
            words: query.get("q") ?? "",
            category: query.get("category") || undefined,
            sort: asSortOrder(query.get("sort") ?? "relevance"),
            limit: asInteger(query.get("limit") ?? 50, "limit", { min: 1, max: 100 }),
            offset: asInteger(query.get("offset") ?? 0, "offset", { min: 0, max: 10_000 }),
          }),
        };
      },

      "GET /products/:sku": ({ params: { sku = "" } }) => {
        const product = bySku.get(sku);
        if (!product) throw new HttpError(404, "unknown-product", `there is no product ${sku}`);
        return { json: product };
      },

      "GET /categories": () => {
        const counts = new Map<string, number>();
        for (const { category } of all) counts.set(category, (counts.get(category) ?? 0) + 1);
        return { json: { categories: [...counts].map(([name, count]) => ({ name, count })) } };
      },
    },
  };
});

function asSortOrder(value: string): SortOrder {
  if (value === "relevance" || value === "price" || value === "-price" || value === "name") return value;
  throw invalidInput("sort", "must be one of relevance, price, -price, name");
}
