import { type Call, DependencyError } from "../service/call.ts";
import type { Shipment } from "../shipping/shipment.ts";
import type { Order, OrderStep } from "./order.ts";

/** Told of every step that did not work: `given-up` when the other side refused it for good. */
export type OnStepFailure = (step: OrderStep, outcome: "pending" | "given-up", cause: unknown) => void;

/**
 * Does what a paid order still needs, all at once. None of it can undo the order: a step whose service is away stays
 * pending and is done later.
 */
export async function finishOrder(call: Call, order: Order, onFailure: OnStepFailure): Promise<Order> {
  let { trackingCode } = order;
  const { orderId, lines, address, email, shipping, cartId } = order;

  const steps: Record<OrderStep, () => Promise<void>> = {
    stock: () => call("inventory", "PUT", `/reservations/${orderId}/commit`),
    shipment: async () => {
      const body = { address, speed: shipping.speed };
      trackingCode = (await call<Shipment>("shipping", "PUT", `/shipments/${orderId}`, { body }))
        .trackingCode;
    },
    notice: () => {
      const body = { email, city: address.city, goods: lines.map(({ name }) => name) };
      return call("notifications", "PUT", `/notifications/${orderId}/confirmed`, { body });
    },
    basket: () =>
      call("recommendations", "PUT", `/baskets/${orderId}`, { body: { skus: lines.map(({ sku }) => sku) } }),
    cart: () => call("cart", "DELETE", `/carts/${cartId}`),
  };

  const outcomes = await Promise.all(
    order.pending.map(async (step) => {
      try {
        await steps[step]();
        return [];
      } catch (cause) {
        // Only a service of the shop gives a reason; a refusal without one came from something in between.
        const isFinal =
          cause instanceof DependencyError && cause.failure === "refused" && cause.reason !== undefined;
        onFailure(step, isFinal ? "given-up" : "pending", cause);
        return isFinal ? [] : [step];
      }
    }),
  );
  return { ...order, pending: outcomes.flat(), ...(trackingCode !== undefined && { trackingCode }) };
}
