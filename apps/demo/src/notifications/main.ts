import { asArray, asInteger, asObject, asText, emailRule, idRule } from "../service/fields.ts";
import { HttpError, invalidInput } from "../service/http-error.ts";
import { runService } from "../service/run-service.ts";
import { type Letter, writeLetter } from "./letter.ts";
import { createLiveHub } from "./live-hub.ts";
import type { OrderEvent } from "./order-event.ts";

/** Tells the buyer by mail (kept in an outbox, the shop has no mail server) and everyone on the WebSocket /live. */
await runService("notifications", ({ log, now, table, every, onStop }) => {
  const outbox = table<Letter & { sentAt: string }>("outbox", 1_000);
  const buyers = table<string>("buyers", 2_000);
  const hub = createLiveHub("/live");
  every(15_000, hub.beat);
  onStop(hub.close);

  return {
    onUpgrade: hub.onUpgrade,
    routes: {
      "PUT /notifications/:orderId/:kind": async ({ params, body }) => {
        const orderId = asText(params.orderId, "orderId", idRule);
        const kind = asKind(params.kind);
        const key = `${orderId}/${kind}`;
        if (outbox.get(key)) return { json: { sent: false, why: "told already" } };
        const fields = asObject(await body(), "body");
        const event: OrderEvent = {
          orderId,
          kind,
          at: new Date(now()).toISOString(),
          city: asText(fields.city, "city", { max: 80 }),
          ...(kind === "confirmed" && { goods: asGoods(fields.goods) }),
          ...(fields.trackingCode !== undefined && {
            trackingCode: asText(fields.trackingCode, "trackingCode"),
          }),
        };
        if (kind === "confirmed") buyers.put(orderId, asText(fields.email, "email", emailRule));
        const email = buyers.get(orderId);
        if (!email)
          throw new HttpError(404, "unknown-order", `nobody is known to have placed order ${orderId}`);
        const letter = writeLetter(event, email);
        outbox.put(key, { ...letter, sentAt: event.at });
        hub.broadcast(event);
        log.debug({ orderId, kind, listeners: hub.listeners() }, letter.subject);
        return { status: 201, json: { sent: true } };
      },

      "GET /outbox": ({ query }) => {
        const limit = asInteger(query.get("limit") ?? 20, "limit", { min: 1, max: 100 });
        return { json: { letters: outbox.rows().slice(-limit).reverse() } };
      },
    },
  };
});

function asKind(value: string | undefined): OrderEvent["kind"] {
  if (value === "confirmed" || value === "packed" || value === "handed-over") return value;
  throw invalidInput("kind", "must be confirmed, packed or handed-over");
}

function asGoods(value: unknown): string[] {
  return asArray(value, "goods", { min: 1, max: 40 }).map((name, index) => asText(name, `goods[${index}]`));
}
