import { expect, test } from "vitest";
import { nearestPaths } from "./nearest-paths.ts";
import { pages } from "./pages.ts";

const services = [
  { namespace: "shop", name: "payments" },
  { namespace: "shop", name: "cart" },
];
const traceId = "4bf92f3577b34da6a3ce929d0e0e4736";

test.each`
  pathname                         | nearest                                     | why
  ${"/sevices"}                    | ${["/services"]}                            | ${"a letter is missing"}
  ${"/graph"}                      | ${["/"]}                                    | ${"another console's word"}
  ${`/trace/${traceId}`}           | ${[`/traces/${traceId}`, "/traces"]}        | ${"Jaeger's address of a trace"}
  ${`/x/${traceId.toUpperCase()}`} | ${[`/traces/${traceId}`]}                   | ${"an id in capitals"}
  ${"/service/shop/payments"}      | ${["/services/shop/payments", "/services"]} | ${"the singular"}
  ${"/canary/shop/paymnts"}        | ${["/canaries/shop/payments", "/canaries"]} | ${"two mistakes"}
  ${"/payments"}                   | ${["/services/shop/payments"]}              | ${"a service alone"}
  ${"/shop/cart"}                  | ${["/services/shop/cart"]}                  | ${"a service with its namespace"}
  ${"/%E0%A4%A"}                   | ${[]}                                       | ${"no proper escape"}
  ${"/wp-login.php"}               | ${[]}                                       | ${"nothing like it"}
`("$pathname leads to $nearest: $why", ({ pathname, nearest }) => {
  expect(nearestPaths(pathname, pages, services).map(({ href }) => href)).toEqual(nearest);
});
