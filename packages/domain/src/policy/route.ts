import { z } from "zod";
import { RetrySpec } from "../retry/retry-spec.ts";
import { Version } from "../service/names.ts";
import { FaultSpec } from "./fault-spec.ts";
import { HeaderEditsSpec } from "./header-edits-spec.ts";
import { RedirectSpec, RewriteSpec } from "./rewrite-spec.ts";
import { HeaderMatch, PathMatch, QueryMatch } from "./text-match.ts";
import { WeightedBackends } from "./weighted-backend.ts";

/** Conditions that must all hold; an empty object matches every request (Gateway API: HTTPRouteMatch). */
export const RouteMatch = z.strictObject({
  path: PathMatch.optional(),
  method: z
    .string()
    .regex(/^[A-Z]+$/, "must be an upper-case method such as GET")
    .optional(),
  headers: z.array(HeaderMatch).optional(),
  query: z.array(QueryMatch).optional(),
});
export type RouteMatch = z.infer<typeof RouteMatch>;

/** A copy of the request for another version; its answer is thrown away. */
export const MirrorSpec = z.strictObject({
  version: Version,
  /** Of the requests, 0 to 100; 100 when absent. */
  percent: z.number().min(0).max(100).optional(),
});
export type MirrorSpec = z.infer<typeof MirrorSpec>;

/**
 * What happens to requests that meet any of `match` (all requests when absent). Without `backends` the rule leaves
 * the version to the service's canary, and where there is none to its stable version.
 */
export const RouteRule = z
  .strictObject({
    name: z.string().min(1).max(200).optional(),
    match: z.array(RouteMatch).min(1, "leave match out to match every request").optional(),
    backends: WeightedBackends.optional(),
    requestHeaders: HeaderEditsSpec.optional(),
    responseHeaders: HeaderEditsSpec.optional(),
    rewrite: RewriteSpec.optional(),
    redirect: RedirectSpec.optional(),
    mirror: MirrorSpec.optional(),
    /** From the complete request to the complete answer, retries included (Envoy: route timeout). */
    timeoutMs: z.int().min(1).max(86_400_000).optional(),
    retry: RetrySpec.optional(),
    fault: FaultSpec.optional(),
  })
  .superRefine(checkRule);
export type RouteRule = z.infer<typeof RouteRule>;

/** Rules in order; the first that matches a request decides. */
export const RouteSpec = z.strictObject({ rules: z.array(RouteRule).min(1, "needs at least one rule") });
export type RouteSpec = z.infer<typeof RouteSpec>;

/** Members that are about the upstream, which a redirected request never reaches. */
const upstreamOnly = ["backends", "requestHeaders", "rewrite", "mirror", "timeoutMs", "retry"] as const;

function checkRule(rule: z.infer<z.ZodObject<typeof RouteRule.shape>>, context: z.RefinementCtx): void {
  const refuse = (code: string, path: PropertyKey[], message: string) => {
    context.addIssue({ code: "custom", params: { code }, path, message });
  };
  if (rule.redirect)
    for (const member of upstreamOnly)
      if (rule[member] !== undefined)
        refuse("with-redirect", [member], "has no effect beside redirect: no upstream sees the request");
  for (const member of ["rewrite", "redirect"] as const) {
    const path = rule[member]?.path;
    if (path !== undefined && "prefix" in path && !matchesPrefixAlways(rule.match))
      refuse(
        "prefix-without-match",
        [member, "path", "prefix"],
        "needs path.prefix in every alternative of match: it takes the place of the prefix that matched",
      );
  }
}

function matchesPrefixAlways(match: readonly RouteMatch[] | undefined): boolean {
  return match?.every(({ path }) => path !== undefined && "prefix" in path) ?? false;
}
