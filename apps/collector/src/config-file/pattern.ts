import { compileSearch, RegexRefused } from "@weir/domain";
import { z } from "zod";

/** A regular expression that can be searched for in linear time. */
export const Pattern = z.string().superRefine((text, context) => {
  try {
    compileSearch(text);
  } catch (error) {
    if (!(error instanceof RegexRefused)) throw error;
    context.addIssue({ code: "custom", message: error.message });
  }
});
