/** Euro cents as a price tag: `€ 64.90`. */
export const money = (cents: number): string => `€ ${(cents / 100).toFixed(2)}`;
