import { expect, test } from "vitest";
import { passesLuhn } from "./luhn.ts";

test.each`
  digits                | passes   | why
  ${"4242424242424242"} | ${true}  | ${"16 digits"}
  ${"378282246310005"}  | ${true}  | ${"15 digits"}
  ${"79927398713"}      | ${true}  | ${"odd length"}
  ${"4242424242424241"} | ${false} | ${"one digit off"}
  ${"4224424242424242"} | ${false} | ${"two neighbours swapped"}
  ${"42424242 4242"}    | ${false} | ${"not only digits"}
  ${""}                 | ${false} | ${"nothing"}
`("$why: $digits passes: $passes", ({ digits, passes }) => {
  expect(passesLuhn(digits)).toBe(passes);
});
