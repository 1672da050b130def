import { createHash, pbkdf2, randomBytes } from "node:crypto";
import { promisify } from "node:util";
import { HttpError } from "../service/http-error.ts";
import type { Card } from "./card.ts";
import { declineReason } from "./decline-reason.ts";
import { type FraudScore, fraudScore, isForeignCard, isThrowawayEmail } from "./fraud-score.ts";

export type Charge = {
  orderId: string;
  chargeId: string;
  /** The version of this service that took the money. */
  version: string;
  status: "captured" | "voided";
  amountCents: number;
  brand: Card["brand"];
  last4: string;
  /** Stands for the card; the number cannot be had back from it. */
  cardToken: string;
  authorization: string;
  /** Scored by v2 only. */
  fraud?: FraudScore;
  chargedAtMs: number;
};

export type ChargeOrder = { orderId: string; amountCents: number; email: string; card: Card };

/** One way to take money. @throws HttpError 402 when the bank, or the fraud score, says no */
export type Charger = (order: ChargeOrder, earlier: readonly Charge[], nowMs: number) => Promise<Charge>;

const velocityWindowMs = 10 * 60_000;
const derive = promisify(pbkdf2);

/** v1: asks the bank, keeps a plain digest as the card's token. */
export const chargeV1: Charger = async (order, _earlier, nowMs) => {
  refuseDeclined(order);
  const cardToken = `tok1_${createHash("sha256").update(order.card.number).digest("hex").slice(0, 24)}`;
  return capture(order, "v1", cardToken, nowMs);
};

/** v2: a token that is dear to guess, and a fraud score that may block the charge or have it looked at. */
export const chargeV2: Charger = async (order, earlier, nowMs) => {
  refuseDeclined(order);
  const key = await derive(order.card.number, "shop-card-token", 12_000, 18, "sha256");
  const cardToken = `tok2_${key.toString("base64url")}`;
  const fraud = fraudScore({
    amountCents: order.amountCents,
    recentCharges: earlier.filter(
      (charge) => charge.cardToken === cardToken && charge.chargedAtMs > nowMs - velocityWindowMs,
    ).length,
    isForeignCard: isForeignCard(order.card.number),
    hasThrowawayEmail: isThrowawayEmail(order.email),
  });
  if (fraud.verdict === "block") {
    throw new HttpError(402, "suspected-fraud", "this payment looks like fraud and was not taken", { fraud });
  }
  return { ...capture(order, "v2", cardToken, nowMs), fraud };
};

function refuseDeclined({ card, amountCents }: ChargeOrder): void {
  const reason = declineReason(card, amountCents);
  if (reason) throw new HttpError(402, "card-declined", `the bank declined the card: ${reason}`, { reason });
}

function capture(order: ChargeOrder, version: string, cardToken: string, nowMs: number): Charge {
  return {
    orderId: order.orderId,
    chargeId: `ch_${randomBytes(9).toString("hex")}`,
    version,
    status: "captured",
    amountCents: order.amountCents,
    brand: order.card.brand,
    last4: order.card.last4,
    cardToken,
    authorization: randomBytes(3).toString("hex").toUpperCase(),
    chargedAtMs: nowMs,
  };
}
