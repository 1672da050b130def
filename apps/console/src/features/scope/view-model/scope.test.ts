import { expect, test } from "vitest";
import { inScope, readScope, scopeText, scopeWords, withScope } from "./scope.ts";

test.each`
  scope               | text                    | words
  ${[]}               | ${undefined}            | ${"All namespaces"}
  ${["shop"]}         | ${"shop"}               | ${"shop"}
  ${["shop", "bank"]} | ${"bank,shop"}          | ${"shop, bank"}
  ${["a", "b", "c"]}  | ${"a,b,c"}              | ${"3 namespaces"}
  ${[""]}             | ${"-"}                  | ${"no namespace"}
  ${["a,b", "ü &"]}   | ${"a%2Cb,%C3%BC%20%26"} | ${"a,b, ü &"}
`("$scope stands in an address as $text and is read from it", ({ scope, text, words }) => {
  expect([scopeText(scope), scopeWords(scope)]).toEqual([text, words]);
  expect(readScope(text ?? "")).toEqual([...scope].sort());
});

test("blanks, empty pieces, twins and broken escapes in an address do no harm", () => {
  expect(readScope(" shop,,shop, bank ,%E0%")).toEqual(["%E0%", "bank", "shop"]);
});

test.each`
  id                | scope       | is
  ${"shop/cart"}    | ${[]}       | ${true}
  ${"shop/cart"}    | ${["shop"]} | ${true}
  ${"shop/a/b"}     | ${["shop"]} | ${true}
  ${"shopper/cart"} | ${["shop"]} | ${false}
  ${"/outside"}     | ${["shop"]} | ${false}
  ${"/outside"}     | ${[""]}     | ${true}
`("$id is looked at with $scope: $is", ({ id, scope, is }) => {
  expect(inScope(id, scope)).toBe(is);
});

test.each`
  href                 | scope               | link
  ${"/traces"}         | ${[]}               | ${"/traces"}
  ${"/traces"}         | ${["shop"]}         | ${"/traces?ns=shop"}
  ${"/?node=shop/web"} | ${["shop", "bank"]} | ${"/?node=shop/web&ns=bank,shop"}
`("the scope goes along: $link", ({ href, scope, link }) => {
  expect(withScope(href, scope)).toBe(link);
});
