import type { Product } from "../../catalog/product.ts";
import { type Html, html } from "../html.ts";
import { money } from "./money.ts";
import { picture } from "./picture.ts";

/** A product in a list; with its stock where that is known. */
export function productCard(product: Product & { available?: number | null }): Html {
  return html`<a class="card" href="/products/${product.sku}">
    ${picture(product)}
    <span class="name">${product.name}</span>
    <span class="price">${money(product.priceCents)}</span>
    ${typeof product.available === "number" && html`<span class="stock">${stockNote(product.available)}</span>`}
  </a>`;
}

export function stockNote(available: number): string {
  if (available === 0) return "back in a moment";
  return available < 20 ? `only ${available} left` : "in stock";
}

/** "Goes well with", or nothing when recommendations are away. */
export function suggestions(title: string, products: readonly Product[]): Html | undefined {
  if (products.length === 0) return undefined;
  return html`<section><h2>${title}</h2><div class="grid">${products.map(productCard)}</div></section>`;
}
