import type { CountRange } from "@weir/domain";
import { rangeWords } from "./range-words.ts";

/**
 * What would become of some requests: `3 would be refused, 5 changed in some way, these included`. Where none but what is
 * refused would change, nothing is said twice.
 */
export function fateWords(
  refused: CountRange,
  touched: CountRange,
  words: (range: CountRange) => string = rangeWords,
): string {
  if (isNone(touched)) return "none would be refused or changed";
  if (isNone(refused)) return `none would be refused, ${words(touched)} changed in some way`;
  const isAll = refused.atLeast === touched.atLeast && refused.atMost === touched.atMost;
  const refusedWords = `${words(refused)} would be refused`;
  return isAll ? refusedWords : `${refusedWords}, ${words(touched)} changed in some way, these included`;
}

function isNone({ atMost }: CountRange): boolean {
  return atMost === 0;
}
