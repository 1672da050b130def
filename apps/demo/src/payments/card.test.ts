import { expect, test } from "vitest";
import { asCard } from "./card.ts";

const now = Date.UTC(2030, 5, 30);
const valid = { number: "4242 4242 4242 4242", expiryMonth: 6, expiryYear: 2030, cvc: "123" };

test("a card is valid to the end of its month", () => {
  expect(asCard(valid, "card", now)).toMatchObject({ brand: "visa", last4: "4242" });
  expect(() => asCard(valid, "card", Date.UTC(2030, 6, 1))).toThrow("card has expired");
});

test.each`
  change                            | says
  ${{ number: "4242" }}             | ${"card.number must have 13 to 19 digits"}
  ${{ number: "4242424242424241" }} | ${"card.number is mistyped"}
  ${{ expiryMonth: 13 }}            | ${"card.expiryMonth must be a number from 1 to 12"}
  ${{ expiryYear: "soon" }}         | ${"card.expiryYear must be a number"}
  ${{ cvc: "12" }}                  | ${"card.cvc must be 3 or 4 digits"}
  ${{ number: undefined }}          | ${"card.number must be a text"}
`("$change is refused: $says", ({ change, says }) => {
  expect(() => asCard({ ...valid, ...change }, "card", now)).toThrow(says);
});
