import { expect, test } from "vitest";
import { html } from "./html.ts";

test.each`
  value                          | text
  ${'<script>"&'}                | ${"&#60;script&#62;&#34;&#38;"}
  ${0}                           | ${"0"}
  ${false}                       | ${""}
  ${undefined}                   | ${""}
  ${html`<b>${"<"}</b>`}         | ${"<b>&#60;</b>"}
  ${[html`<i></i>`, "'", false]} | ${"<i></i>&#39;"}
`("$text", ({ value, text }) => {
  expect(html`<p>${value}</p>`.text).toBe(`<p>${text}</p>`);
});
