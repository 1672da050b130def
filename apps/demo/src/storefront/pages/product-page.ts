import { html } from "../html.ts";
import type { ProductView } from "../shop-front.ts";
import { layout } from "./layout.ts";
import { money } from "./money.ts";
import { picture } from "./picture.ts";
import { stockNote, suggestions } from "./product-card.ts";

export function productPage({ product, recommended }: ProductView): string {
  return layout(
    product.name,
    html`<article class="product">
        ${picture(product)}
        <div>
          <p class="note"><a href="/products?category=${product.category}">${product.category}</a> · ${product.sku}</p>
          <h1>${product.name}</h1>
          <p>${product.description}</p>
          <p class="price large">${money(product.priceCents)}</p>
          <p class="stock">${product.available === null ? "stock is being counted" : stockNote(product.available)}
            · ${(product.weightGrams / 1000).toFixed(2)} kg</p>
          <form class="buy" method="post" action="/cart/items">
            <input type="hidden" name="sku" value="${product.sku}">
            <label>Quantity <input type="number" name="quantity" value="1" min="1" max="99"></label>
            <button>Add to cart</button>
          </form>
        </div>
      </article>
      ${suggestions("Goes well with it", recommended)}`,
    { live: "all" },
  );
}
