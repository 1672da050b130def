import { type Html, html } from "../html.ts";

/** The frame of every page. `live` names the order whose events the page follows, or "all". */
export function layout(title: string, content: Html, options: { live?: string } = {}): string {
  return html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${title} · Millrace Goods</title>
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="/shop.css">
    ${options.live !== undefined && html`<script src="/live.js" defer></script>`}
  </head>
  <body ${options.live !== undefined && html`data-live="${options.live}"`}>
    <header class="bar">
      <a class="brand" href="/">Millrace <em>Goods</em></a>
      <form class="search" action="/products" role="search">
        <input type="search" name="q" placeholder="Search the shop" aria-label="Search the shop">
      </form>
      <nav><a href="/products">All goods</a><a href="/cart">Cart</a></nav>
    </header>
    <main>${content}</main>
    <footer><span id="ticker" aria-live="polite">${options.live === "all" ? "Orders appear here as they happen." : "Millrace Goods"}</span></footer>
  </body>
</html>
`.text;
}
