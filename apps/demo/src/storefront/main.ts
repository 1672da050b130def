import { readFileSync } from "node:fs";
import type { OrderView } from "../checkout/order.ts";
import { asInteger, asObject, asText, idRule, skuRule } from "../service/fields.ts";
import type { Answer, ServiceRequest } from "../service/router.ts";
import { runService } from "../service/run-service.ts";
import { unflattenForm } from "./checkout-form.ts";
import { openLiveFeed } from "./live-feed.ts";
import { cartPage } from "./pages/cart-page.ts";
import { errorPage } from "./pages/error-page.ts";
import { homePage, listPage } from "./pages/list-page.ts";
import { orderPage } from "./pages/order-page.ts";
import { productPage } from "./pages/product-page.ts";
import { orderIdFor, readSession, wantsHtml } from "./session.ts";
import { createShopFront, type ListQuery, needed } from "./shop-front.ts";

/** The shop's door: pages for people, the same as JSON for programs, and live events of orders. */
await runService("storefront", ({ call, agent, log, now, random, every, onStop }) => {
  const front = createShopFront(call);
  const feed = openLiveFeed({ agent, log, now, random });
  every(15_000, feed.beat);
  onStop(feed.stop);
  const asset = (name: string) => readFileSync(new URL(`../../assets/${name}`, import.meta.url), "utf8");
  const css = asset("shop.css");
  const script = asset("live.js");

  const order = async (request: ServiceRequest): Promise<Answer> => {
    const form = isForm(request);
    const body = await request.body();
    const fields = form ? unflattenForm(body) : asObject(body, "body");
    const { cartId } = readSession(request.headers);
    const content = fields.items === undefined ? { ...fields, cartId } : fields;
    const path = `/orders/${orderIdFor(request.headers)}`;
    const placed = await needed(
      call<OrderView>("checkout", "PUT", path, { body: content, timeoutMs: 14_000 }),
    );
    return form ? seeOther(`/orders/${placed.orderId}`) : { status: 201, json: placed };
  };

  return {
    errorView: (error, { headers }) =>
      wantsHtml(headers)
        ? { ...page(errorPage(error)), status: error.status }
        : {
            status: error.status,
            json: { error: { code: error.code, message: error.message, ...error.details } },
          },

    routes: {
      "GET /": async ({ headers }) => {
        const view = await front.home();
        return wantsHtml(headers) ? page(homePage(view)) : { json: view };
      },

      "GET /products": async ({ headers, query }) => {
        const asked = asListQuery(query);
        const view = await front.list(asked);
        return wantsHtml(headers) ? page(listPage(view, asked)) : { json: view };
      },

      "GET /products/:sku": async ({ headers, params }) => {
        const view = await front.product(asText(params.sku, "sku", skuRule));
        return wantsHtml(headers) ? page(productPage(view)) : { json: view };
      },

      "GET /cart": async ({ headers }) => {
        const session = readSession(headers);
        const cart = await front.cart(session.cartId);
        return wantsHtml(headers)
          ? page(cartPage(cart), session.headers)
          : { headers: session.headers, json: cart };
      },

      "PUT /cart/items/:sku": async ({ headers, params, body }) => {
        const session = readSession(headers);
        const fields = asObject(await body(), "body");
        const quantity = asInteger(fields.quantity, "quantity", { min: 0, max: 99 });
        const cart = await front.setQuantity(session.cartId, asText(params.sku, "sku", skuRule), quantity);
        return { headers: session.headers, json: cart };
      },

      // Adds to what is there, as the product page's button says; with `replace` it sets the quantity.
      "POST /cart/items": async (request) => {
        const session = readSession(request.headers);
        const fields = asObject(await request.body(), "body");
        const sku = asText(fields.sku, "sku", skuRule);
        const quantity = asInteger(fields.quantity ?? 1, "quantity", { min: 0, max: 99 });
        const present = fields.replace ? 0 : quantityOf(await front.cart(session.cartId), sku);
        const cart = await front.setQuantity(session.cartId, sku, Math.min(99, present + quantity));
        return isForm(request)
          ? seeOther("/cart", session.headers)
          : { headers: session.headers, json: cart };
      },

      "POST /checkout": order,

      "GET /orders/:id": async ({ headers, params }) => {
        const path = `/orders/${asText(params.id, "id", idRule)}`;
        const placed = await needed(call<OrderView>("checkout", "GET", path));
        return wantsHtml(headers) ? page(orderPage(placed)) : { json: placed };
      },

      "GET /live": ({ query }) => {
        const orderId = query.get("order");
        return {
          headers: { "content-type": "text/event-stream", "cache-control": "no-store" },
          stream: (response) => feed.stream(response, orderId ? asText(orderId, "order", idRule) : undefined),
        };
      },

      "GET /shop.css": () => ({
        text: css,
        headers: { "content-type": "text/css", "cache-control": "max-age=300" },
      }),
      "GET /live.js": () => ({
        text: script,
        headers: { "content-type": "text/javascript", "cache-control": "max-age=300" },
      }),
    },
  };
});

const isForm = ({ headers }: ServiceRequest): boolean =>
  headers["content-type"]?.startsWith("application/x-www-form-urlencoded") ?? false;

function page(
  text: string,
  headers: Record<string, string> = {},
): Answer & { headers: Record<string, string> } {
  return {
    text,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy":
        "default-src 'self'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'",
      "cache-control": "no-store",
      ...headers,
    },
  };
}

function seeOther(location: string, headers: Record<string, string> = {}): Answer {
  return { status: 303, headers: { location, ...headers }, text: "" };
}

function quantityOf(cart: { lines: { sku: string; quantity: number }[] }, sku: string): number {
  return cart.lines.find((line) => line.sku === sku)?.quantity ?? 0;
}

function asListQuery(query: URLSearchParams): ListQuery {
  return {
    q: query.get("q") ?? "",
    category: query.get("category") ?? "",
    sort: query.get("sort") ?? "relevance",
    limit: asInteger(query.get("limit") ?? 48, "limit", { min: 1, max: 100 }),
    offset: asInteger(query.get("offset") ?? 0, "offset", { min: 0, max: 10_000 }),
  };
}
