import { z } from "zod";
import { RouteMatch } from "../policy/route.ts";
import { Name } from "../service/names.ts";

const bucket = {
  /** The bucket is full at first and never holds more. */
  maxTokens: z.int().min(1).max(100_000_000),
  tokensPerFill: z.int().min(1).max(100_000_000),
  fillIntervalMs: z.int().min(50, "must be 50 ms or more").max(86_400_000),
};

/** Conditions that must all hold. */
export const RateLimitMatch = z
  .strictObject({
    source: z.strictObject({ service: Name, namespace: Name.optional() }).optional(),
    header: RouteMatch.shape.headers.unwrap().element.optional(),
    path: RouteMatch.shape.path.unwrap().optional(),
  })
  .refine((match) => Object.values(match).some((condition) => condition !== undefined), {
    error: "needs at least one of source, header and path",
  });
export type RateLimitMatch = z.infer<typeof RateLimitMatch>;

/** A bucket of their own for the requests that match. */
export const RateLimitOverride = z.strictObject({ match: RateLimitMatch, ...bucket });
export type RateLimitOverride = z.infer<typeof RateLimitOverride>;

/** One bucket for each sidecar and policy (Envoy: local rate limit); the first override that matches has its own. */
export const RateLimitSpec = z.strictObject({ ...bucket, overrides: z.array(RateLimitOverride).optional() });
export type RateLimitSpec = z.infer<typeof RateLimitSpec>;
