import { expect, test } from "vitest";
import { request } from "../testing/request.ts";
import { asksForPage } from "./asks-for-page.ts";

test.each`
  accept                                                    | page
  ${"text/html,application/xhtml+xml,image/avif,*/*;q=0.8"} | ${true}
  ${"Text/HTML ; level=1;q=0.5"}                            | ${true}
  ${"application/json, text/html"}                          | ${true}
  ${"*/*"}                                                  | ${false}
  ${"text/*"}                                               | ${false}
  ${"application/json"}                                     | ${false}
  ${"text/html;q=0"}                                        | ${false}
  ${"text/html; Q=0.000, */*"}                              | ${false}
  ${"text/htmlx, xtext/html"}                               | ${false}
  ${""}                                                     | ${false}
`("Accept: $accept asks for a page: $page", ({ accept, page }) => {
  expect(asksForPage(request({ headers: { accept } }))).toBe(page);
});

test("without Accept no page is asked for", () => {
  expect(asksForPage(request())).toBe(false);
});
