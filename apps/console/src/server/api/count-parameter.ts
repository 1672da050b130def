import { z } from "zod";

/** How many of something are wanted: a whole number in a range, with what holds where it is not told. */
export function countParameter(range: { readonly most: number; readonly unlessTold: number }) {
  const message = `must be a whole number from 1 to ${range.most}`;
  return z.coerce
    .number(message)
    .int(message)
    .min(1, message)
    .max(range.most, message)
    .default(range.unlessTold);
}
