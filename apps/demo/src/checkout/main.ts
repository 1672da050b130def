import { HttpError } from "../service/http-error.ts";
import { runService } from "../service/run-service.ts";
import { finishOrder } from "./finish-order.ts";
import { type Order, viewOrder } from "./order.ts";
import { asOrderRequest, fingerprintOf, type OrderRequest } from "./order-request.ts";
import { placeOrder } from "./place-order.ts";

const perRound = 10;

/** Turns a cart into a paid order: cart, shipping, inventory and payments are needed, the rest is told afterwards. */
await runService("checkout", ({ call, log, now, table, every }) => {
  const orders = table<Order>("orders", 2_000);
  const underway = new Map<string, { fingerprint: string; order: Promise<Order> }>();

  const finish = async (order: Order): Promise<Order> => {
    const { orderId } = order;
    const finished = await finishOrder(call, order, (step, outcome, err) =>
      log.warn({ orderId, step, outcome, err }, "a step of a paid order did not work"),
    );
    orders.put(orderId, finished);
    return finished;
  };

  const place = async (request: OrderRequest): Promise<Order> => {
    const order = await placeOrder(call, request, now());
    orders.put(order.orderId, order); // before anything else: it is paid
    const { orderId, total, payment } = order;
    log.info({ orderId, total, paymentsVersion: payment.version }, "order placed");
    return finish(order);
  };

  every(5_000, async () => {
    const left = orders.rows().filter(({ orderId, pending }) => pending.length > 0 && !underway.has(orderId));
    for (const order of left.slice(0, perRound)) await finish(order);
  });

  return {
    routes: {
      "PUT /orders/:id": async ({ params, body }) => {
        const request = asOrderRequest(params.id, await body());
        const { orderId } = request;
        const fingerprint = fingerprintOf(request);
        const known = orders.get(orderId) ?? underway.get(orderId);
        if (known && known.fingerprint !== fingerprint) {
          throw new HttpError(422, "order-differs", `order ${orderId} was placed with other content before`);
        }
        const pending = underway.get(orderId);
        const earlier = pending ? await pending.order : orders.get(orderId);
        if (earlier) return { json: viewOrder(earlier) };
        const order = place(request);
        underway.set(orderId, { fingerprint, order });
        try {
          return { status: 201, json: viewOrder(await order) };
        } finally {
          underway.delete(orderId);
        }
      },

      "GET /orders/:id": ({ params: { id = "" } }) => {
        const order = orders.get(id);
        if (!order) throw new HttpError(404, "unknown-order", `there is no order ${id}`);
        return { json: viewOrder(order) };
      },
    },
  };
});
