import { expect, test } from "vitest";
import { createRouter } from "./router.ts";

const answer = () => ({ json: null });
const find = createRouter({
  "GET /products": answer,
  "GET /products/:sku": answer,
  "PUT /products/:sku": answer,
  "GET /carts/:id/items/:sku": answer,
});

test.each`
  method    | path                    | params
  ${"GET"}  | ${"/products"}          | ${{}}
  ${"HEAD"} | ${"/products/A"}        | ${{ sku: "A" }}
  ${"GET"}  | ${"/products/a%2Fb"}    | ${{ sku: "a/b" }}
  ${"GET"}  | ${"/carts/1/items/KIT"} | ${{ id: "1", sku: "KIT" }}
`("$method $path is found", ({ method, path, params }) => {
  expect(find(method, path).params).toEqual(params);
});

test.each`
  method      | path               | status
  ${"GET"}    | ${"/nothing"}      | ${404}
  ${"GET"}    | ${"/products/"}    | ${404}
  ${"GET"}    | ${"/products/%ff"} | ${404}
  ${"GET"}    | ${"/products/a/b"} | ${404}
  ${"DELETE"} | ${"/products/a"}   | ${405}
`("$method $path: $status", ({ method, path, status }) => {
  expect(() => find(method, path)).toThrow(expect.objectContaining({ status }));
});
