import { expect, test } from "vitest";
import { namespaceOfPath, servicePath } from "./service-path.ts";

test.each`
  namespace | name          | path
  ${"shop"} | ${"payments"} | ${"/services/shop/payments"}
  ${""}     | ${"legacy"}   | ${"/services/-/legacy"}
  ${"a b"}  | ${"x/y?z"}    | ${"/services/a%20b/x%2Fy%3Fz"}
`("$namespace/$name is at $path", ({ namespace, name, path }) => {
  expect(servicePath({ namespace, name })).toBe(path);
  expect(namespaceOfPath(decodeURIComponent(path.split("/")[2]))).toBe(namespace);
});
