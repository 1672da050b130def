import { z } from "zod";
import { compileRegex } from "../match/linear-regex.ts";
import { maxRegexLength, RegexRefused } from "../match/parse-regex.ts";

/** A pattern for a whole value that can be matched in linear time; see `compileRegex` for what is known. */
export const Regex = z
  .string()
  .min(1)
  .max(maxRegexLength)
  .superRefine((pattern, context) => {
    try {
      compileRegex(pattern);
    } catch (error) {
      if (!(error instanceof RegexRefused)) throw error;
      context.addIssue({ code: "custom", params: { code: "regex-refused" }, message: error.message });
    }
  });

const comparisons = {
  exact: z.string().describe("The whole value, letter by letter."),
  prefix: z
    .string()
    .min(1)
    .meta({ description: "How the value begins.", examples: ["a"] }),
  regex: Regex.meta({
    description: "A regular expression for the whole value, without back references and look-around.",
    examples: [".*"],
  }),
  present: z.boolean().describe("true: it is there, whatever it says; false: it is not there."),
};

/** Exactly one way of comparing a text; `regex` is about the whole of it. */
export const TextMatch = z.union(
  [
    z.strictObject({ exact: comparisons.exact }),
    z.strictObject({ prefix: comparisons.prefix }),
    z.strictObject({ regex: comparisons.regex }),
    z.strictObject({ present: comparisons.present }),
  ],
  { error: "must have exactly one of exact, prefix, regex and present" },
);
export type TextMatch = z.infer<typeof TextMatch>;

const namedMatch = (name: z.ZodType<string, string>) =>
  z.union(
    [
      z.strictObject({ name, exact: comparisons.exact }),
      z.strictObject({ name, prefix: comparisons.prefix }),
      z.strictObject({ name, regex: comparisons.regex }),
      z.strictObject({ name, present: comparisons.present }),
    ],
    { error: "must have name and exactly one of exact, prefix, regex and present" },
  );

export const FieldName = z
  .string()
  .regex(/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/, "must be a header field name (RFC 9110 5.1)");

export const HeaderMatch = namedMatch(
  FieldName.meta({
    description: "Of the header; upper and lower case are the same.",
    examples: ["x-user-type"],
  }),
);
export type HeaderMatch = z.infer<typeof HeaderMatch>;

export const QueryMatch = namedMatch(
  z
    .string()
    .min(1)
    .meta({ description: "Of the parameter.", examples: ["preview"] }),
);
export type QueryMatch = z.infer<typeof QueryMatch>;

const absolute = z.string().startsWith("/", "must start with '/'");

/** `prefix` ends at a path segment (Gateway API: PathPrefix); `regex` is about the whole path. */
export const PathMatch = z.union(
  [
    z.strictObject({ exact: absolute.meta({ description: "The whole path.", examples: ["/"] }) }),
    z.strictObject({
      prefix: absolute.meta({
        description: "How the path begins, by whole segments: /api has /api/x and not /apix.",
        examples: ["/"],
      }),
    }),
    z.strictObject({
      regex: Regex.meta({
        description: "A regular expression for the whole path, without back references and look-around.",
        examples: ["/.*"],
      }),
    }),
  ],
  { error: "must have exactly one of exact, prefix and regex" },
);
export type PathMatch = z.infer<typeof PathMatch>;
