import { setTimeout as wait } from "node:timers/promises";
import { asInteger, asObject, asText, idRule } from "../service/fields.ts";
import { HttpError } from "../service/http-error.ts";
import { runService } from "../service/run-service.ts";
import { asAddress } from "./address.ts";
import { carrierLatencyMs } from "./carrier-latency.ts";
import { quoteShipping } from "./quote-shipping.ts";
import { advanceShipment, bookShipment, type Shipment } from "./shipment.ts";

/** Quotes (slow: they wait for the carrier's system) and shipments, which tell notifications how far they are. */
await runService("shipping", ({ call, log, now, random, table, every }) => {
  const shipments = table<Shipment>("shipments", 2_000);

  every(500, async () => {
    for (const shipment of shipments.rows()) {
      const moved = advanceShipment(shipment, now());
      if (!moved) continue;
      shipments.put(moved.orderId, moved);
      const { orderId, state, trackingCode, city } = moved;
      await call("notifications", "PUT", `/notifications/${orderId}/${state}`, {
        body: { trackingCode, city },
      }).catch((err) => log.warn({ err, orderId, state }, "nobody was told about a shipment"));
    }
  });

  return {
    routes: {
      "POST /quotes": async ({ body }) => {
        const fields = asObject(await body(), "body");
        const { country } = asAddress(fields.address, "address");
        const weightGrams = asInteger(fields.weightGrams, "weightGrams", { min: 0, max: 2_000_000 });
        const valueCents = asInteger(fields.valueCents, "valueCents", { min: 0, max: 100_000_000 });
        await wait(carrierLatencyMs(random));
        return { json: quoteShipping({ weightGrams, valueCents }, country) };
      },

      "PUT /shipments/:orderId": async ({ params, body }) => {
        const orderId = asText(params.orderId, "orderId", idRule);
        const known = shipments.get(orderId);
        if (known) return { json: known };
        const fields = asObject(await body(), "body");
        const { city } = asAddress(fields.address, "address");
        const speed = fields.speed === "express" ? "express" : "standard";
        const shipment = bookShipment({ orderId, speed, city }, now());
        shipments.put(orderId, shipment);
        return { status: 201, json: shipment };
      },

      "GET /shipments/:orderId": ({ params: { orderId = "" } }) => {
        const shipment = shipments.get(orderId);
        if (!shipment)
          throw new HttpError(404, "unknown-shipment", `there is no shipment for order ${orderId}`);
        return { json: shipment };
      },
    },
  };
});
