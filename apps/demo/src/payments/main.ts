import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { asInteger, asObject, asText, emailRule, idRule } from "../service/fields.ts";
import { HttpError } from "../service/http-error.ts";
import type { ServiceRequest } from "../service/router.ts";
import { runService } from "../service/run-service.ts";
import { asCard } from "./card.ts";
import { type Charge, chargeV1, chargeV2 } from "./charge.ts";
import { asFaults, createFaultSwitch } from "./faults.ts";
import { requireLocalCaller } from "./require-local-caller.ts";

/**
 * Charges cards, one charge an order: asked again for the same order, the same charge is answered. SERVICE_VERSION=v1
 * and v2 run different code, and each keeps its own ledger.
 */
await runService("payments", ({ config, log, now, random, table, stateDir }) => {
  const charges = table<Charge>("charges", 2_000);
  const underway = new Map<string, Promise<Charge>>();
  const faults = createFaultSwitch(join(stateDir, "faults.json"));
  const charger = config.version === "v1" ? chargeV1 : chargeV2;

  const misbehave = async () => {
    const { errorRate, extraMs } = faults.read();
    if (extraMs > 0) await wait(extraMs);
    if (random() < errorRate) throw new HttpError(500, "ledger-corrupt", "the ledger could not be read");
  };

  const charge = async ({ params, body }: ServiceRequest): Promise<Charge> => {
    const orderId = asText(params.orderId, "orderId", idRule);
    const fields = asObject(await body(), "body");
    const amountCents = asInteger(fields.amountCents, "amountCents", { min: 1, max: 100_000_000 });
    const email = asText(fields.email, "email", emailRule);
    const card = asCard(fields.card, "card", now());
    await misbehave();
    // No await before `underway.set` unless somebody is at it already: two at once must not both find nothing.
    const pending = underway.get(orderId);
    const known = pending ? await pending : charges.get(orderId);
    if (known?.status === "captured") {
      if (known.amountCents === amountCents) return known;
      throw new HttpError(409, "charge-differs", `order ${orderId} was charged otherwise before`);
    }
    const taken = charger({ orderId, amountCents, email, card }, charges.rows(), now());
    underway.set(orderId, taken);
    try {
      const made = await taken;
      charges.put(orderId, made);
      log.info({ orderId, chargeId: made.chargeId, amountCents, fraud: made.fraud?.verdict }, "charged");
      return made;
    } finally {
      underway.delete(orderId);
    }
  };

  return {
    routes: {
      "PUT /charges/:orderId": async (request) => ({ json: await charge(request) }),

      "DELETE /charges/:orderId": ({ params: { orderId = "" } }) => {
        const known = charges.get(orderId);
        if (!known) throw new HttpError(404, "unknown-charge", `order ${orderId} was not charged here`);
        if (known.status !== "voided") charges.put(orderId, { ...known, status: "voided" });
        return { json: charges.get(orderId) };
      },

      "GET /control/faults": (request) => {
        requireLocalCaller(request);
        return { json: faults.read() };
      },

      "PUT /control/faults": async (request) => {
        requireLocalCaller(request);
        faults.set(asFaults(await request.body()));
        log.warn(faults.read(), "misbehaving on request");
        return { json: faults.read() };
      },

      "DELETE /control/faults": (request) => {
        requireLocalCaller(request);
        faults.set({ errorRate: 0, extraMs: 0 });
        log.info("behaving again");
        return { json: faults.read() };
      },
    },
  };
});
