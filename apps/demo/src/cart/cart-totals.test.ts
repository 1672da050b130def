import { expect, test } from "vitest";
import { cartTotals } from "./cart-totals.ts";

const line = (unitCents: number, quantity = 1, weightGrams = 100) => ({ unitCents, quantity, weightGrams });

test.each`
  lines                      | subtotal | discount | total    | vat     | why
  ${[]}                      | ${0}     | ${0}     | ${0}     | ${0}    | ${"an empty cart"}
  ${[line(1250)]}            | ${1250}  | ${0}     | ${1250}  | ${200}  | ${"one product"}
  ${[line(999, 3), line(1)]} | ${2998}  | ${0}     | ${2998}  | ${479}  | ${"quantities"}
  ${[line(7999)]}            | ${7999}  | ${0}     | ${7999}  | ${1277} | ${"just below the first discount"}
  ${[line(8000)]}            | ${8000}  | ${400}   | ${7600}  | ${1213} | ${"5 % from 80 euro"}
  ${[line(8010)]}            | ${8010}  | ${401}   | ${7609}  | ${1215} | ${"half a cent of discount is rounded up"}
  ${[line(15_000)]}          | ${15000} | ${1500}  | ${13500} | ${2155} | ${"10 % from 150 euro"}
`("$why: $subtotal - $discount = $total", ({ lines, subtotal, discount, total, vat }) => {
  expect(cartTotals(lines)).toMatchObject({
    subtotalCents: subtotal,
    discountCents: discount,
    totalCents: total,
    vatCents: vat,
  });
});

test("pieces and weight count every piece", () => {
  expect(cartTotals([line(100, 3, 250), line(100, 2, 10)])).toMatchObject({ itemCount: 5, weightGrams: 770 });
});
