import type { OrderEvent } from "./order-event.ts";

export type Letter = { to: string; subject: string; text: string };

/** The mail a buyer gets about an event. */
export function writeLetter(event: OrderEvent, to: string): Letter {
  const { orderId, goods = [], trackingCode = "" } = event;
  const greeting = "Hello from Millrace Goods,";
  switch (event.kind) {
    case "confirmed":
      return {
        to,
        subject: `Order ${orderId} is confirmed`,
        text: `${greeting}\n\nthank you for ordering:\n${goods.map((name) => `  - ${name}\n`).join("")}`,
      };
    case "packed":
      return {
        to,
        subject: `Order ${orderId} is packed`,
        text: `${greeting}\n\nyour parcel is taped and labelled.\n`,
      };
    case "handed-over":
      return {
        to,
        subject: `Order ${orderId} is on its way`,
        text: `${greeting}\n\nthe carrier has your parcel. Follow it with ${trackingCode}.\n`,
      };
  }
}
