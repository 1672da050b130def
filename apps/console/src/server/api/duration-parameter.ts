import { readDuration } from "@weir/domain";
import { z } from "zod";

/** A duration with its unit, as milliseconds. */
export const DurationParameter = z.string().transform((text, context) => {
  const ms = readDuration(text);
  if (ms !== undefined) return ms;
  context.addIssue("must be a number with its unit: 250us, 40ms, 1.5s, 2m");
  return z.NEVER;
});
