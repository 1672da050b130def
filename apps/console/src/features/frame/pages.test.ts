import { expect, test } from "vitest";
import { isCurrent, pages, withWindow } from "./pages.ts";

test.each`
  href           | pathname                 | current
  ${"/"}         | ${"/"}                   | ${true}
  ${"/"}         | ${"/services"}           | ${false}
  ${"/canaries"} | ${"/canaries/shop/cart"} | ${true}
  ${"/traces"}   | ${"/traces-of-old"}      | ${false}
`("$href is current on $pathname: $current", ({ href, pathname, current }) => {
  expect(isCurrent({ href }, pathname)).toBe(current);
});

test.each`
  pathname              | label
  ${"/enforcements/17"} | ${"Policies"}
  ${"/preview"}         | ${"Policies"}
  ${"/"}                | ${"Map"}
`("on $pathname the rail marks $label alone", ({ pathname, label }) => {
  expect(pages.filter((page) => isCurrent(page, pathname)).map((page) => page.label)).toEqual([label]);
});

test.each`
  href                 | window   | link
  ${"/traces"}         | ${"5m"}  | ${"/traces?window=5m"}
  ${"/traces"}         | ${"1h"}  | ${"/traces?window=1h"}
  ${"/?node=shop/web"} | ${"15m"} | ${"/?node=shop/web&window=15m"}
`("the window goes along: $link", ({ href, window, link }) => {
  expect(withWindow(href, window)).toBe(link);
});
