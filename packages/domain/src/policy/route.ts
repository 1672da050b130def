import { z } from "zod";
import { WeightedBackends } from "./weighted-backend.ts";

/** Exactly one way of comparing a text. */
export const TextMatch = z.union([
  z.strictObject({ exact: z.string() }),
  z.strictObject({ prefix: z.string().min(1) }),
  z.strictObject({ present: z.boolean() }),
]);
export type TextMatch = z.infer<typeof TextMatch>;

const fieldName = z
  .string()
  .regex(/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/, "must be a header field name (RFC 9110 5.1)");

const NamedMatch = (name: z.ZodType<string>) =>
  z.union(
    [
      z.strictObject({ name, exact: z.string() }),
      z.strictObject({ name, prefix: z.string().min(1) }),
      z.strictObject({ name, present: z.boolean() }),
    ],
    { error: "must have name and exactly one of exact, prefix and present" },
  );

/** Conditions that must all hold; an empty object matches every request (Gateway API: HTTPRouteMatch). */
export const RouteMatch = z.strictObject({
  path: z
    .union(
      [
        z.strictObject({ exact: z.string().startsWith("/", "must start with '/'") }),
        z.strictObject({ prefix: z.string().startsWith("/", "must start with '/'") }),
      ],
      { error: "must have exactly one of exact and prefix" },
    )
    .optional(),
  method: z
    .string()
    .regex(/^[A-Z]+$/, "must be an upper-case method such as GET")
    .optional(),
  headers: z.array(NamedMatch(fieldName)).optional(),
  query: z.array(NamedMatch(z.string().min(1))).optional(),
});
export type RouteMatch = z.infer<typeof RouteMatch>;

/** Requests that meet any of `match` (all requests when absent) go to `backends`. */
export const RouteRule = z.strictObject({
  name: z.string().min(1).optional(),
  match: z.array(RouteMatch).min(1, "leave match out to match every request").optional(),
  backends: WeightedBackends,
});
export type RouteRule = z.infer<typeof RouteRule>;

/** Rules in order; the first that matches a request decides. */
export const RouteSpec = z.strictObject({ rules: z.array(RouteRule).min(1, "needs at least one rule") });
export type RouteSpec = z.infer<typeof RouteSpec>;
