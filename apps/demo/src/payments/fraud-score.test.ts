import { expect, test } from "vitest";
import { fraudScore } from "./fraud-score.ts";

const plain = { amountCents: 5_000, recentCharges: 0, isForeignCard: false, hasThrowawayEmail: false };

test.each`
  change                                                                    | verdict
  ${{}}                                                                     | ${"clear"}
  ${{ recentCharges: 10_000 }}                                              | ${"clear"}
  ${{ amountCents: 500_000 }}                                               | ${"clear"}
  ${{ hasThrowawayEmail: true, isForeignCard: true }}                       | ${"review"}
  ${{ amountCents: 500_000, isForeignCard: true }}                          | ${"review"}
  ${{ amountCents: 500_000, isForeignCard: true, hasThrowawayEmail: true }} | ${"block"}
  ${{ amountCents: 500_000, recentCharges: 10, isForeignCard: true }}       | ${"block"}
`("$change: $verdict", ({ change, verdict }) => {
  expect(fraudScore({ ...plain, ...change }).verdict).toBe(verdict);
});
