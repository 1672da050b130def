import { createHash, randomBytes } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

/** The shopper's cart id, from the cookie or new; `headers` sets the cookie when it is new. */
export function readSession(headers: IncomingHttpHeaders): {
  cartId: string;
  headers: Record<string, string>;
} {
  const cookie = /(?:^|;\s*)shop_session=([a-f0-9]{24})(?:;|$)/.exec(headers.cookie ?? "")?.[1];
  if (cookie) return { cartId: cookie, headers: {} };
  const cartId = randomBytes(12).toString("hex");
  return {
    cartId,
    headers: { "set-cookie": `shop_session=${cartId}; Path=/; HttpOnly; SameSite=Lax; Max-Age=604800` },
  };
}

/** An order id nobody guesses. The same Idempotency-Key of the same shopper always gives the same one. */
export function orderIdFor(headers: IncomingHttpHeaders): string {
  const key = headers["idempotency-key"];
  if (typeof key !== "string" || key === "") return `ord_${randomBytes(8).toString("hex")}`;
  const shopper = /shop_session=([a-f0-9]{24})/.exec(headers.cookie ?? "")?.[1] ?? "";
  return `ord_${createHash("sha256").update(`${shopper}:${key}`).digest("hex").slice(0, 16)}`;
}

/** Whether the caller is a person's browser rather than a program. */
export const wantsHtml = (headers: IncomingHttpHeaders): boolean =>
  headers.accept?.includes("text/html") ?? false;
