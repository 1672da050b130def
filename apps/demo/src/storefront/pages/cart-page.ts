import type { PricedCart } from "../../cart/priced-cart.ts";
import { type Html, html } from "../html.ts";
import { layout } from "./layout.ts";
import { money } from "./money.ts";

export function cartPage(cart: PricedCart): string {
  if (cart.lines.length === 0) {
    return layout("Cart", html`<h1>Your cart is empty</h1><p><a href="/products">See what there is</a>.</p>`);
  }
  return layout(
    "Cart",
    html`<h1>Your cart</h1>
      <table class="lines">
        <thead><tr><th>Product</th><th>Quantity</th><th>Price</th></tr></thead>
        <tbody>${cart.lines.map(
          (line) => html`<tr>
            <td><a href="/products/${line.sku}">${line.name}</a></td>
            <td><form method="post" action="/cart/items">
              <input type="hidden" name="sku" value="${line.sku}">
              <input type="number" name="quantity" value="${line.quantity}" min="0" max="99" aria-label="Quantity of ${line.name}">
              <input type="hidden" name="replace" value="yes"><button class="quiet">Change</button>
            </form></td>
            <td>${money(line.lineCents)}</td>
          </tr>`,
        )}</tbody>
        <tfoot>
          ${cart.discountCents > 0 && html`<tr><td colspan="2">Discount</td><td>− ${money(cart.discountCents)}</td></tr>`}
          <tr><td colspan="2">Goods, VAT of ${money(cart.vatCents)} included</td><td>${money(cart.totalCents)}</td></tr>
        </tfoot>
      </table>
      ${checkoutForm()}`,
  );
}

/** Filled in with the bank's own test card, so that a visitor can buy at once. */
function checkoutForm(): Html {
  return html`<form class="checkout" method="post" action="/checkout">
    <fieldset><legend>Where to</legend>
      ${field("Name", "address.name", "Ada Ferryman")}${field("Street", "address.street", "Mill Lane 7")}
      ${field("Postcode", "address.postcode", "20457")}${field("City", "address.city", "Hamburg")}
      ${field("Country", "address.country", "DE")}${field("E-mail", "email", "ada@millrace.example")}
      <label>Shipping <select name="speed"><option value="standard">Standard</option><option value="express">Express</option></select></label>
    </fieldset>
    <fieldset><legend>Card</legend>
      ${field("Number", "card.number", "4242 4242 4242 4242")}${field("Month", "card.expiryMonth", "12")}
      ${field("Year", "card.expiryYear", "2099")}${field("CVC", "card.cvc", "123")}
      <p class="note">A test card: no money moves. 4000 0000 0000 9995 is declined.</p>
    </fieldset>
    <button>Order and pay</button>
  </form>`;
}

function field(label: string, name: string, value: string): Html {
  return html`<label>${label} <input name="${name}" value="${value}" required></label>`;
}
