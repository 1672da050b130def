/** What happened to an order. Goes out on the WebSocket; says nothing that the buyer's neighbours must not know. */
export type OrderEvent = {
  orderId: string;
  kind: "confirmed" | "packed" | "handed-over";
  at: string;
  city: string;
  /** Names of the goods, with `confirmed` only. */
  goods?: string[];
  trackingCode?: string;
};
