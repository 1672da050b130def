import { z } from "zod";
import { Version } from "../service/names.ts";
import { MirrorSpec, RouteMatch } from "./route.ts";
import { FieldName } from "./text-match.ts";
import { WeightedBackends } from "./weighted-backend.ts";

/** What of a request stays the same for one user. A request without it is drawn by chance. */
export const Sticky = z.union(
  [
    z.strictObject({
      cookie: FieldName.meta({
        description: "Name of the cookie whose value decides.",
        examples: ["session"],
      }),
      maxAgeS: z
        .int("must be whole seconds")
        .min(1, "must be 1 or more")
        .max(400 * 86_400, "must be 400 days or less")
        .optional()
        .meta({
          description:
            "Present: browsers that have no such cookie are given one, for so many seconds. Left out: the application gives it.",
          examples: [86_400],
        }),
    }),
    z.strictObject({
      header: FieldName.meta({
        description: "Name of the header whose value decides.",
        examples: ["x-user"],
      }),
    }),
    z.strictObject({ source: z.literal(true).describe("The calling service decides.") }),
  ],
  { error: "must have exactly one of cookie, header and source" },
);
export type Sticky = z.infer<typeof Sticky>;

/** Requests that go to a version whatever the shares, such as testers'. */
export const CanaryPin = z.strictObject({
  match: z
    .array(RouteMatch)
    .min(1, "needs at least one match")
    .meta({
      description: "Alternatives, of which one must match with all its conditions.",
      examples: [[{ headers: [{ name: "x-user-type", exact: "beta-tester" }] }]],
    }),
  version: Version.meta({ description: "That these requests go to.", examples: ["v2"] }),
});
export type CanaryPin = z.infer<typeof CanaryPin>;

/**
 * A share of all of a service's requests for each of its versions. `sticky` keeps a user in one version: raising
 * the weight of the later versions only moves users forward. `pins` come before the shares, and copies for `mirror` beside both.
 */
export const CanarySpec = z.strictObject({
  backends: WeightedBackends.meta({
    description: "Versions and their shares, in whole per cents that sum to 100; later ones are the newer.",
  }),
  sticky: Sticky.optional().describe(
    "Keeps a user in one version. Left out, or where a request has no such value: drawn by chance.",
  ),
  pins: z
    .array(CanaryPin)
    .min(1, "leave pins out to pin nothing")
    .optional()
    .describe("Requests that go to a version whatever the shares. The first pin that matches decides."),
  mirror: MirrorSpec.optional().describe(
    "Sends a copy of requests up to 64 KiB to a version that they do not go to. Its answer is thrown away.",
  ),
});
export type CanarySpec = z.infer<typeof CanarySpec>;
