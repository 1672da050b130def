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
  path: PathMatch.optional().describe("Of the request, without its query."),
  method: z
    .string()
    .regex(/^[A-Z]+$/, "must be an upper-case method such as GET")
    .optional()
    .meta({ description: "In upper case.", examples: ["GET"] }),
  headers: z.array(HeaderMatch).optional().describe("Headers that must all match."),
  query: z.array(QueryMatch).optional().describe("Parameters of the query that must all match."),
});
export type RouteMatch = z.infer<typeof RouteMatch>;

/** A copy of the request for another version; its answer is thrown away. */
export const MirrorSpec = z.strictObject({
  version: Version.meta({ description: "That the copies go to.", examples: ["v2"] }),
  percent: z
    .number()
    .min(0)
    .max(100)
    .optional()
    .describe("Share of the requests, in per cent; 100 when left out."),
});
export type MirrorSpec = z.infer<typeof MirrorSpec>;

/**
 * What happens to requests that meet any of `match` (all requests when absent). Without `backends` the rule leaves
 * the version to the service's canary, and where there is none to its stable version.
 */
export const RouteRule = z
  .strictObject({
    name: z
      .string()
      .min(1)
      .max(200)
      .optional()
      .meta({ description: "What the rule is called in counts and findings.", examples: ["everybody-else"] }),
    match: z
      .array(RouteMatch)
      .min(1, "leave match out to match every request")
      .optional()
      .describe("Alternatives, of which one must match with all its conditions. Left out: every request."),
    backends: WeightedBackends.optional().describe(
      "Versions and whole per cents that sum to 100. Left out: what the canary says, or the stable version.",
    ),
    requestHeaders: HeaderEditsSpec.optional().describe("Changes to the headers that the service sees."),
    responseHeaders: HeaderEditsSpec.optional().describe("Changes to the headers that the caller sees."),
    rewrite: RewriteSpec.optional().describe("What the service sees in place of the path or host asked for."),
    redirect: RedirectSpec.optional().describe("Sends the caller elsewhere; the service is not asked."),
    mirror: MirrorSpec.optional().describe(
      "Sends a copy of requests up to 64 KiB to another version. Its answer is thrown away and never waited for.",
    ),
    /** Envoy: route timeout. */
    timeoutMs: z
      .int()
      .min(1)
      .max(86_400_000)
      .optional()
      .meta({
        description:
          "ms from the complete request to the complete answer, retries included; then 504. Left out: none.",
        examples: [2000],
      }),
    retry: RetrySpec.optional().describe(
      "Tries failed requests again, at another endpoint where there is one.",
    ),
    fault: FaultSpec.optional().describe("Makes requests fail or wait on purpose."),
  })
  .superRefine(checkRule);
export type RouteRule = z.infer<typeof RouteRule>;

/** Rules in order; the first that matches a request decides. */
export const RouteSpec = z.strictObject({
  rules: z
    .array(RouteRule)
    .min(1, "needs at least one rule")
    .describe("In order: the first that matches a request decides."),
});
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
