import { z } from "zod";
import { HeaderMatch, PathMatch } from "../policy/text-match.ts";
import { Name } from "../service/names.ts";

const bucket = {
  maxTokens: z
    .int()
    .min(1)
    .max(100_000_000)
    .meta({
      description: "Requests that may come at once. The bucket is full at first and never holds more.",
      examples: [100],
    }),
  tokensPerFill: z
    .int()
    .min(1)
    .max(100_000_000)
    .meta({ description: "Requests that each interval adds.", examples: [100] }),
  fillIntervalMs: z
    .int()
    .min(50, "must be 50 ms or more")
    .max(86_400_000)
    .meta({ description: "ms between two fillings, 50 or more.", examples: [1000] }),
};

/** Conditions that must all hold. */
export const RateLimitMatch = z
  .strictObject({
    source: z
      .strictObject({
        service: Name.meta({ description: "That calls.", examples: ["batch"] }),
        namespace: Name.optional().meta({
          description: "Of the calling service. Left out: the policy's own.",
          examples: ["default"],
        }),
      })
      .optional()
      .describe("Who calls, as the caller's sidecar says."),
    header: HeaderMatch.optional().describe("A header that must match."),
    path: PathMatch.optional().describe("Of the request, without its query."),
  })
  .refine((match) => Object.values(match).some((condition) => condition !== undefined), {
    error: "needs at least one of source, header and path",
  })
  .meta({ examples: [{ path: { prefix: "/" } }] });
export type RateLimitMatch = z.infer<typeof RateLimitMatch>;

/** A bucket of their own for the requests that match. */
export const RateLimitOverride = z.strictObject({
  match: RateLimitMatch.describe("Which requests; all conditions must hold."),
  ...bucket,
});
export type RateLimitOverride = z.infer<typeof RateLimitOverride>;

/** One bucket for each sidecar and policy (Envoy: local rate limit); the first override that matches has its own. */
export const RateLimitSpec = z.strictObject({
  ...bucket,
  overrides: z
    .array(RateLimitOverride)
    .optional()
    .describe("Buckets of their own for some requests; the first that matches is taken."),
});
export type RateLimitSpec = z.infer<typeof RateLimitSpec>;
