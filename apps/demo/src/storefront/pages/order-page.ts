import type { OrderView } from "../../checkout/order.ts";
import { html } from "../html.ts";
import { layout } from "./layout.ts";
import { money } from "./money.ts";

export function orderPage(order: OrderView): string {
  const { days } = order.shipping;
  return layout(
    `Order ${order.orderId}`,
    html`<h1>Thank you!</h1>
      <p>Order <code>${order.orderId}</code> is paid with ${order.payment.brand} ·· ${order.payment.last4}
        (payments ${order.payment.version}) and goes to ${order.city} in ${days.min} to ${days.max} days.</p>
      <ol class="progress" id="progress">
        <li class="done" data-kind="confirmed">Confirmed</li>
        <li data-kind="packed">Packed</li>
        <li data-kind="handed-over">With the carrier</li>
      </ol>
      <table class="lines">
        <tbody>${order.lines.map(
          (line) =>
            html`<tr><td>${line.name}</td><td>${line.quantity}</td><td>${money(line.lineCents)}</td></tr>`,
        )}</tbody>
        <tfoot>
          <tr><td colspan="2">Goods</td><td>${money(order.goodsCents)}</td></tr>
          <tr><td colspan="2">Shipping, ${order.shipping.speed}</td><td>${money(order.shipping.costCents)}</td></tr>
          <tr><td colspan="2">Total</td><td>${money(order.total)}</td></tr>
        </tfoot>
      </table>
      <p><a href="/">Back to the shop</a></p>`,
    { live: order.orderId },
  );
}
