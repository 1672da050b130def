import type { PricedCart } from "../cart/priced-cart.ts";
import type { Charge } from "../payments/charge.ts";
import { type Call, DependencyError } from "../service/call.ts";
import { HttpError } from "../service/http-error.ts";
import type { ShippingQuote } from "../shipping/quote-shipping.ts";
import type { Order } from "./order.ts";
import { fingerprintOf, type OrderRequest } from "./order-request.ts";

/**
 * Prices, reserves and charges an order, in this order, so that money is taken last and only for goods that are there.
 * Whatever fails leaves nothing behind: the reservation is released, a charge of unknown fate is voided.
 * @throws HttpError 402 declined, 409 out of stock, 422 unknown product or empty cart, 503 a dependency is missing
 */
export async function placeOrder(call: Call, request: OrderRequest, nowMs: number): Promise<Order> {
  const { orderId, address, email, speed } = request;
  const cart = await priced(call, request);
  const quote = await asked<ShippingQuote>("shipping-unavailable", () =>
    call("shipping", "POST", "/quotes", {
      body: { address, weightGrams: cart.weightGrams, valueCents: cart.totalCents },
      timeoutMs: 5_000,
    }),
  );
  const option = quote.options.find((each) => each.speed === speed);
  if (!option)
    throw new HttpError(503, "shipping-unavailable", `shipping offers no ${speed} service to this address`);
  await asked("inventory-unavailable", () =>
    call("inventory", "PUT", `/reservations/${orderId}`, {
      body: { items: cart.lines.map(({ sku, quantity }) => ({ sku, quantity })) },
    }),
  );
  const total = cart.totalCents + option.costCents;
  const { version, chargeId, brand, last4, fraud } = await charged(call, request, total);
  return {
    orderId,
    status: "confirmed",
    placedAt: new Date(nowMs).toISOString(),
    currency: "EUR",
    total,
    goodsCents: cart.totalCents,
    lines: cart.lines,
    shipping: { zone: quote.zone, ...option },
    payment: { version, chargeId, brand, last4, ...(fraud && { fraud }) },
    cartId: cart.cartId,
    address,
    email,
    pending: ["stock", "shipment", "notice", "basket", "cart"],
    fingerprint: fingerprintOf(request),
  };
}

async function priced(call: Call, { orderId, from }: OrderRequest): Promise<PricedCart> {
  const cart = await asked<PricedCart>("cart-unavailable", () =>
    "cartId" in from
      ? call("cart", "GET", `/carts/${from.cartId}`)
      : call("cart", "PUT", `/carts/order-${orderId}`, { body: { items: from.items } }),
  );
  if (cart.lines.length === 0)
    throw new HttpError(422, "empty-cart", "the cart is empty, there is nothing to order");
  return cart;
}

async function charged(call: Call, request: OrderRequest, amountCents: number): Promise<Charge> {
  const { orderId, email, card } = request;
  try {
    return await asked<Charge>("payments-unavailable", () =>
      call("payments", "PUT", `/charges/${orderId}`, {
        body: { amountCents, email, card },
        timeoutMs: 5_000,
      }),
    );
  } catch (error) {
    const clean = [call("inventory", "DELETE", `/reservations/${orderId}`)];
    if (isUndecided(error)) clean.push(call("payments", "DELETE", `/charges/${orderId}`));
    await Promise.allSettled(clean); // best effort: a reservation also expires, and the same order is charged once
    throw error;
  }
}

/** Whether payments may have taken the money although nobody heard of it. */
const isUndecided = (error: unknown): boolean =>
  error instanceof HttpError && error.cause instanceof DependencyError && error.cause.failure === "timeout";

/**
 * Passes on what a service of the shop decided (a declined card, a sold out product). Everything else, an answer of
 * something in between included, is a missing dependency: 503 with the given code.
 */
async function asked<T>(code: string, question: () => Promise<T>): Promise<T> {
  try {
    return await question();
  } catch (cause) {
    if (!(cause instanceof DependencyError)) throw cause;
    const { failure, status, reason, message, service } = cause;
    if (failure === "refused" && status !== undefined && reason !== undefined) {
      throw new HttpError(status, reason, message, { service }, { cause });
    }
    throw new HttpError(503, code, `${message}; the order was not placed`, { service, failure }, { cause });
  }
}
