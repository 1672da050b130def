import { expect, test } from "vitest";
import products from "./products.json" with { type: "json" };
import { searchProducts } from "./search-products.ts";

const query = { words: "", category: undefined, sort: "relevance", limit: 50, offset: 0 } as const;

test.each`
  change                                      | total | first           | why
  ${{}}                                       | ${41} | ${"KIT-KETTLE"} | ${"everything, in the catalogue's order"}
  ${{ words: "paddle" }}                      | ${1}  | ${"OUT-PADDLE"} | ${"a word of the name"}
  ${{ words: "COFFEE mill" }}                 | ${1}  | ${"KIT-MILL"}   | ${"all words, in any case"}
  ${{ words: "steel", category: "workshop" }} | ${3}  | ${"WOR-PLANE"}  | ${"a tag within a category"}
  ${{ sort: "price", limit: 1 }}              | ${41} | ${"STA-PENCIL"} | ${"the cheapest"}
  ${{ sort: "-price", offset: 1 }}            | ${41} | ${"OUT-TARP"}   | ${"the second dearest"}
  ${{ words: "submarine" }}                   | ${0}  | ${undefined}    | ${"nothing"}
`("$why", ({ change, total, first }) => {
  const page = searchProducts(products, { ...query, ...change });
  expect({ total: page.total, first: page.items[0]?.sku }).toEqual({ total, first });
});

test("SKUs are unique and prices are positive", () => {
  expect(new Set(products.map(({ sku }) => sku)).size).toBe(products.length);
  for (const { priceCents, weightGrams } of products)
    expect(Math.min(priceCents, weightGrams)).toBeGreaterThan(0);
});
