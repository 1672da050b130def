import { expect, test } from "vitest";
import { readServiceId, serviceIdText } from "./service-id.ts";

test.each`
  text               | namespace  | service
  ${"shop/payments"} | ${"shop"}  | ${"payments"}
  ${"/outside"}      | ${""}      | ${"outside"}
  ${"a/b/c"}         | ${"a"}     | ${"b/c"}
  ${"a/b\nc"}        | ${"a"}     | ${"b\nc"}
  ${"حافلة/🚌"}      | ${"حافلة"} | ${"🚌"}
`("$text names $service in $namespace, and is printed the same", ({ text, namespace, service }) => {
  expect(readServiceId(text)).toEqual({ namespace, service });
  expect(serviceIdText({ namespace, service })).toBe(text);
});

test.each(["", "payments", "shop/", "/"])("'%s' names no service", (text) => {
  expect(readServiceId(text)).toBeUndefined();
});
