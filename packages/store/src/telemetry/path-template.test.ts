import { expect, test } from "vitest";
import { pathTemplate } from "./path-template.ts";

test.each`
  path                                              | template
  ${"/"}                                            | ${"/"}
  ${""}                                             | ${""}
  ${"/products"}                                    | ${"/products"}
  ${"/v1/products/HOM-LAMP"}                        | ${"/v1/products/HOM-LAMP"}
  ${"/orders/42/"}                                  | ${"/orders/{id}/"}
  ${"/charges/ord_8f31c2d0/refunds/2"}              | ${"/charges/{id}/refunds/{id}"}
  ${"/u/6F9619FF-8B86-D011-B42D-00C04FC964FF/cart"} | ${"/u/{id}/cart"}
  ${"/recommendations"}                             | ${"/recommendations"}
  ${"/shop.v2.Cart/Add"}                            | ${"/shop.v2.Cart/Add"}
`("$path is $template", ({ path, template }) => {
  expect(pathTemplate(path)).toBe(template);
});
