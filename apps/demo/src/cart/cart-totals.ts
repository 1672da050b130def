export type CartLine = { unitCents: number; quantity: number; weightGrams: number };

export type CartTotals = {
  itemCount: number;
  weightGrams: number;
  subtotalCents: number;
  discountCents: number;
  /** What the goods cost, discount taken off, VAT included; shipping comes on top at checkout. */
  totalCents: number;
  /** The part of `totalCents` that is VAT. */
  vatCents: number;
};

const vatPercent = 19;
const discounts = [
  { fromCents: 15_000, percent: 10 },
  { fromCents: 8_000, percent: 5 },
];

/** Sums a cart up. All amounts are whole cents; a half cent is rounded up, once per figure. */
export function cartTotals(lines: readonly CartLine[]): CartTotals {
  const sum = (value: (line: CartLine) => number) => lines.reduce((total, line) => total + value(line), 0);
  const subtotalCents = sum((line) => line.unitCents * line.quantity);
  const percent = discounts.find(({ fromCents }) => subtotalCents >= fromCents)?.percent ?? 0;
  const discountCents = Math.round((subtotalCents * percent) / 100);
  const totalCents = subtotalCents - discountCents;
  return {
    itemCount: sum((line) => line.quantity),
    weightGrams: sum((line) => line.weightGrams * line.quantity),
    subtotalCents,
    discountCents,
    totalCents,
    vatCents: Math.round((totalCents * vatPercent) / (100 + vatPercent)),
  };
}
