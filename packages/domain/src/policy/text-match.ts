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

/** Exactly one way of comparing a text; `regex` is about the whole of it. */
export const TextMatch = z.union(
  [
    z.strictObject({ exact: z.string() }),
    z.strictObject({ prefix: z.string().min(1) }),
    z.strictObject({ regex: Regex }),
    z.strictObject({ present: z.boolean() }),
  ],
  { error: "must have exactly one of exact, prefix, regex and present" },
);
export type TextMatch = z.infer<typeof TextMatch>;

const namedMatch = (name: z.ZodType<string>) =>
  z.union(
    [
      z.strictObject({ name, exact: z.string() }),
      z.strictObject({ name, prefix: z.string().min(1) }),
      z.strictObject({ name, regex: Regex }),
      z.strictObject({ name, present: z.boolean() }),
    ],
    { error: "must have name and exactly one of exact, prefix, regex and present" },
  );

export const FieldName = z
  .string()
  .regex(/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/, "must be a header field name (RFC 9110 5.1)");

export const HeaderMatch = namedMatch(FieldName);
export type HeaderMatch = z.infer<typeof HeaderMatch>;

export const QueryMatch = namedMatch(z.string().min(1));
export type QueryMatch = z.infer<typeof QueryMatch>;

const absolute = z.string().startsWith("/", "must start with '/'");

/** `prefix` ends at a path segment (Gateway API: PathPrefix); `regex` is about the whole path. */
export const PathMatch = z.union(
  [
    z.strictObject({ exact: absolute }),
    z.strictObject({ prefix: absolute }),
    z.strictObject({ regex: Regex }),
  ],
  { error: "must have exactly one of exact, prefix and regex" },
);
export type PathMatch = z.infer<typeof PathMatch>;
