import { type Html, html } from "../html.ts";
import type { Category, HomeView, ListQuery, ProductList } from "../shop-front.ts";
import { layout } from "./layout.ts";
import { productCard, suggestions } from "./product-card.ts";

export function homePage(view: HomeView): string {
  return layout(
    "Welcome",
    html`<section class="hero">
        <h1>Made to be used,<br>kept for good.</h1>
        <p>Useful things for the house, the workshop and the riverside, sent from the old mill.</p>
      </section>
      ${categoryLinks(view.categories, "")}
      <section><h2>This week</h2><div class="grid">${view.items.map(productCard)}</div></section>
      ${suggestions("What others take home", view.recommended)}`,
    { live: "all" },
  );
}

export function listPage(view: ProductList, query: ListQuery): string {
  const title = query.q === "" ? query.category || "All goods" : `“${query.q}”`;
  return layout(
    title,
    html`<h1>${title}</h1>
      ${categoryLinks(view.categories, query.category)}
      <p class="note">${view.total} ${view.total === 1 ? "product" : "products"}</p>
      <div class="grid">${view.items.map(productCard)}</div>
      ${view.total === 0 && html`<p>Nothing here by that name. <a href="/products">See everything</a>.</p>`}`,
    { live: "all" },
  );
}

function categoryLinks(categories: readonly Category[], current: string): Html {
  return html`<nav class="categories" aria-label="Categories">${categories.map(
    ({ name, count }) =>
      html`<a href="/products?category=${name}" ${name === current && html`aria-current="page"`}>${name} <small>${count}</small></a>`,
  )}</nav>`;
}
