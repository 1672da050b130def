import { quantileText } from "./check-words.ts";

const usual = [0.5, 0.9, 0.95, 0.99, 0.999];

/** Quantiles to choose from: the usual ones, and the present one whatever it is. */
export function quantileOptions(present: number): { value: string; label: string }[] {
  return [...new Set([...usual, present])]
    .sort((a, b) => a - b)
    .map((quantile) => ({ value: String(quantile), label: quantileText(quantile) }));
}
