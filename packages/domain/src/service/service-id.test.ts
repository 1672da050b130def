import fc from "fast-check";
import { expect, test } from "vitest";
import { readServiceId, serviceIdText } from "./service-id.ts";

test.each`
  text               | namespace  | service
  ${"shop/payments"} | ${"shop"}  | ${"payments"}
  ${"/outside"}      | ${""}      | ${"outside"}
  ${"a/b/c"}         | ${"a"}     | ${"b/c"}
  ${"a/b\nc"}        | ${"a"}     | ${"b\nc"}
  ${"حافلة/🚌"}      | ${"حافلة"} | ${"🚌"}
  ${"a%2Fb/c"}       | ${"a/b"}   | ${"c"}
  ${"a%25b/c%2Fd"}   | ${"a%b"}   | ${"c%2Fd"}
  ${"a%252Fb/c"}     | ${"a%2Fb"} | ${"c"}
`("$text names $service in $namespace, and is printed the same", ({ text, namespace, service }) => {
  expect(readServiceId(text)).toEqual({ namespace, service });
  expect(serviceIdText({ namespace, service })).toBe(text);
});

test.each(["", "payments", "shop/", "/"])("'%s' names no service", (text) => {
  expect(readServiceId(text)).toBeUndefined();
});

test.each(["a%2fb/c", "a%2Fb/c"])("%s has a slash in its namespace, however the code is spelled", (text) => {
  expect(readServiceId(text)).toEqual({ namespace: "a/b", service: "c" });
});

test("a per cent sign that is no code stands for itself", () => {
  expect(readServiceId("50% off/shop")).toEqual({ namespace: "50% off", service: "shop" });
});

test("any two names are read as they were written", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom("a", "/", "%", "2", "F", "5") }),
      fc.string({ minLength: 1 }),
      (namespace, service) => {
        expect(readServiceId(serviceIdText({ namespace, service }))).toEqual({ namespace, service });
      },
    ),
  );
});
