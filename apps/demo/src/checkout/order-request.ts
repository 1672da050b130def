import { createHash } from "node:crypto";
import { asItems, asObject, asText, emailRule, idRule } from "../service/fields.ts";
import { HttpError } from "../service/http-error.ts";
import { type Address, asAddress } from "../shipping/address.ts";
import type { ShippingSpeed } from "../shipping/quote-shipping.ts";

export type OrderRequest = {
  orderId: string;
  /** What to buy: a cart that exists, or the items themselves. */
  from: { cartId: string } | { items: { sku: string; quantity: number }[] };
  address: Address;
  email: string;
  speed: ShippingSpeed;
  /** Handed on to payments as it came and kept nowhere. */
  card: unknown;
};

/** Reads `{cartId | items, address, email?, speed?, card}`. @throws HttpError 400 naming the wrong field */
export function asOrderRequest(orderId: string | undefined, body: unknown): OrderRequest {
  const fields = asObject(body, "body");
  if ((fields.cartId === undefined) === (fields.items === undefined)) {
    throw new HttpError(400, "invalid-input", "the body must have either cartId or items", { where: "body" });
  }
  return {
    orderId: asText(orderId, "orderId", { ...idRule, max: 40 }),
    from:
      fields.items === undefined
        ? { cartId: asText(fields.cartId, "cartId", idRule) }
        : { items: asItems(fields.items, "items") },
    address: asAddress(fields.address, "address"),
    email: fields.email === undefined ? "guest@millrace.example" : asText(fields.email, "email", emailRule),
    speed: fields.speed === "express" ? "express" : "standard",
    card: asObject(fields.card, "card"),
  };
}

/** Tells two requests apart that use the same id; the card is left out, it must leave no trace. */
export function fingerprintOf({ from, address, email, speed }: OrderRequest): string {
  return createHash("sha256")
    .update(JSON.stringify([from, address, email, speed]))
    .digest("base64url");
}
