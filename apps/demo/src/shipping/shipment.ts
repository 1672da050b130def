import type { ShippingSpeed } from "./quote-shipping.ts";

export type ShipmentState = "booked" | "packed" | "handed-over";

export type Shipment = {
  orderId: string;
  trackingCode: string;
  speed: ShippingSpeed;
  city: string;
  state: ShipmentState;
  /** When it takes its next step (ms since 1970); null when the carrier has it. */
  nextStepAtMs: number | null;
};

const packingMs: Record<ShippingSpeed, number> = { standard: 4_000, express: 1_500 };
const handOverMs = 5_000;

/** A warehouse that never sleeps: packed after seconds, handed over a few later. */
export function bookShipment(
  order: { orderId: string; speed: ShippingSpeed; city: string },
  nowMs: number,
): Shipment {
  const { orderId, speed, city } = order;
  const nextStepAtMs = nowMs + packingMs[speed];
  return { orderId, trackingCode: trackingCode(orderId), speed, city, state: "booked", nextStepAtMs };
}

/** The shipment one step further, or undefined when nothing is due yet. */
export function advanceShipment(shipment: Shipment, nowMs: number): Shipment | undefined {
  if (shipment.nextStepAtMs === null || shipment.nextStepAtMs > nowMs) return undefined;
  return shipment.state === "booked"
    ? { ...shipment, state: "packed", nextStepAtMs: nowMs + handOverMs }
    : { ...shipment, state: "handed-over", nextStepAtMs: null };
}

/** Eleven digits from the order's id and a check digit (weights 3 and 1, as EAN codes have it). */
export function trackingCode(orderId: string): string {
  let hash = 0n;
  for (const character of orderId)
    hash = (hash * 131n + BigInt(character.codePointAt(0) ?? 0)) % 100_000_000_000n;
  const digits = hash.toString().padStart(11, "0");
  const sum = [...digits].reduce(
    (total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 3 : 1),
    0,
  );
  return `${digits}${(10 - (sum % 10)) % 10}`;
}
