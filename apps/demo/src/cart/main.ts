import { asInteger, asItems, asObject, asText, idRule, skuRule } from "../service/fields.ts";
import { HttpError } from "../service/http-error.ts";
import { runService } from "../service/run-service.ts";
import { type CartItem, priceCart } from "./priced-cart.ts";

type Cart = { items: CartItem[] };

const maxLines = 40;

/** Carts by an id their owner chooses; always answered with the prices and totals of the moment. */
await runService("cart", ({ call, table }) => {
  const carts = table<Cart>("carts", 5_000);

  const store = async (cartId: string, items: CartItem[]) => {
    if (items.length > maxLines)
      throw new HttpError(422, "cart-full", `a cart holds at most ${maxLines} products`);
    const priced = await priceCart(call, cartId, items); // first, so that an unknown product is never stored
    carts.put(cartId, { items });
    return { json: priced };
  };
  const itemsOf = (cartId: string) => carts.get(cartId)?.items ?? [];

  return {
    routes: {
      "GET /carts/:id": async ({ params }) => {
        const cartId = asText(params.id, "id", idRule);
        return { json: await priceCart(call, cartId, itemsOf(cartId)) };
      },

      "PUT /carts/:id": async ({ params, body }) => {
        const { items } = asObject(await body(), "body");
        return store(asText(params.id, "id", idRule), asItems(items, "items"));
      },

      "PUT /carts/:id/items/:sku": async ({ params, body }) => {
        const cartId = asText(params.id, "id", idRule);
        const sku = asText(params.sku, "sku", skuRule);
        const fields = asObject(await body(), "body");
        const quantity = asInteger(fields.quantity, "quantity", { min: 0, max: 99 });
        const others = itemsOf(cartId).filter((item) => item.sku !== sku);
        return store(cartId, quantity === 0 ? others : [...others, { sku, quantity }]);
      },

      "DELETE /carts/:id": ({ params }) => {
        carts.delete(asText(params.id, "id", idRule));
        return { status: 204, text: "" };
      },
    },
  };
});
