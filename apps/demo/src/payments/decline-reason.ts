import type { Card } from "./card.ts";

/** Cards of this bank's test range that it never accepts, by their last four digits. */
const declinedCards: Record<string, string> = {
  "0002": "do-not-honour",
  "9995": "insufficient-funds",
  "0069": "card-blocked",
};

const limitsCents: Record<Card["brand"], number> = {
  visa: 500_000,
  mastercard: 500_000,
  amex: 1_000_000,
  other: 100_000,
};

/** Why the card's bank refuses the amount; undefined when it agrees. Both versions of the service ask this first. */
export function declineReason(card: Card, amountCents: number): string | undefined {
  if (amountCents > limitsCents[card.brand]) return "limit-exceeded";
  return declinedCards[card.last4];
}
