import type { PricedCart } from "../cart/priced-cart.ts";
import type { Charge } from "../payments/charge.ts";
import type { Address } from "../shipping/address.ts";
import type { ShippingSpeed } from "../shipping/quote-shipping.ts";

/** What is left to do once an order is paid. Each step may be repeated; the other side recognizes the order. */
export type OrderStep = "stock" | "shipment" | "notice" | "basket" | "cart";

export type Order = {
  orderId: string;
  status: "confirmed";
  placedAt: string;
  currency: "EUR";
  /** What was charged, in euro cents: goods and shipping. */
  total: number;
  goodsCents: number;
  lines: PricedCart["lines"];
  shipping: { speed: ShippingSpeed; zone: string; costCents: number; days: { min: number; max: number } };
  payment: Pick<Charge, "version" | "chargeId" | "brand" | "last4" | "fraud">;
  trackingCode?: string;
  cartId: string;
  address: Address;
  email: string;
  pending: OrderStep[];
  /** Digest of what was ordered: the same id with other content is a mistake of the caller. */
  fingerprint: string;
};

export type OrderView = Omit<Order, "fingerprint" | "cartId" | "address" | "email"> & { city: string };

/** An order as anyone who knows its id may see it. */
export function viewOrder(order: Order): OrderView {
  const { fingerprint: _fingerprint, cartId: _cartId, email: _email, address, ...visible } = order;
  return { ...visible, city: address.city };
}
