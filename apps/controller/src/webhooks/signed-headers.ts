import { Webhook } from "standardwebhooks";

/**
 * Headers of a body that is signed after Standard Webhooks (HMAC-SHA256 of id, time and body, as `v1,…`). The id is the same at
 * each attempt, so that receivers know what they have had already; the time is that of the attempt, so that what is old is refused.
 */
export function signedHeaders(
  { id, body, secret }: { readonly id: string; readonly body: string; readonly secret: string | undefined },
  now: Date,
): Record<string, string> {
  return {
    "content-type": "application/json",
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(now.getTime() / 1_000)),
    ...(secret === undefined ? {} : { "webhook-signature": new Webhook(secret).sign(id, now, body) }),
  };
}
