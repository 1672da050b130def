import { expect, test } from "vitest";
import { canaryPath, namespaceOfPath, servicePath, tracesPath } from "./service-path.ts";

test.each`
  namespace | name          | path
  ${"shop"} | ${"payments"} | ${"/services/shop/payments"}
  ${""}     | ${"legacy"}   | ${"/services/-/legacy"}
  ${"a b"}  | ${"x/y?z"}    | ${"/services/a%20b/x%2Fy%3Fz"}
`("$namespace/$name is at $path", ({ namespace, name, path }) => {
  expect(servicePath({ namespace, name })).toBe(path);
  expect(namespaceOfPath(decodeURIComponent(path.split("/")[2]))).toBe(namespace);
});

test("a name leads where it says, whatever stands in it", () => {
  const service = { namespace: "a&b", name: "x/y#z" };
  expect(canaryPath(service)).toBe("/canaries/a%26b/x%2Fy%23z");
  expect(new URL(tracesPath(service), "http://console").searchParams.get("service")).toBe("a&b/x/y#z");
});
