import type { Product } from "../catalog/product.ts";
import { asArray, asInteger, asObject, asSkus, asText, idRule, skuRule } from "../service/fields.ts";
import { HttpError } from "../service/http-error.ts";
import { runService } from "../service/run-service.ts";
import { createCoPurchases } from "./co-purchases.ts";
import pastBaskets from "./past-baskets.json" with { type: "json" };

const keepBaskets = 1_000;

/** "Goes well with": learned from past baskets and from every order of the last thousand. */
await runService("recommendations", ({ config, call, random, table }) => {
  const baskets = table<string[]>("baskets", keepBaskets);
  const counts = createCoPurchases();
  for (const skus of [...pastBaskets, ...baskets.rows()]) counts.add(skus);

  return {
    routes: {
      "GET /recommendations": async ({ query }) => {
        if (random() < config.backgroundErrorRate) {
          throw new HttpError(500, "model-evaluation", "the model gave no usable ranking");
        }
        const skus = asSkus(query.get("skus"), "skus");
        const limit = asInteger(query.get("limit") ?? 4, "limit", { min: 1, max: 12 });
        const best = counts.best(skus, limit);
        const page = await call<{ items: Product[] }>("catalog", "GET", `/products?skus=${best.join(",")}`);
        return { json: { items: page.items } };
      },

      "PUT /baskets/:orderId": async ({ params, body }) => {
        const orderId = asText(params.orderId, "orderId", idRule);
        const fields = asObject(await body(), "body");
        const skus = asArray(fields.skus, "skus", { min: 1, max: 40 }).map((sku) =>
          asText(sku, "skus", skuRule),
        );
        if (!baskets.get(orderId)) {
          const rows = baskets.rows();
          if (rows.length >= keepBaskets) counts.remove(rows[0] ?? []);
          baskets.put(orderId, skus);
          counts.add(skus);
        }
        return { status: 204, text: "" };
      },
    },
  };
});
