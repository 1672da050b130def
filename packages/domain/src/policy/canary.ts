import { z } from "zod";
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
    }),
    z.strictObject({
      header: FieldName.meta({
        description: "Name of the header whose value decides.",
        examples: ["x-user"],
      }),
    }),
    z.strictObject({ source: z.literal(true).describe("The caller's address decides.") }),
  ],
  { error: "must have exactly one of cookie, header and source" },
);
export type Sticky = z.infer<typeof Sticky>;

/**
 * A share of all of a service's requests for each of its versions. `sticky` keeps a user in one version: raising
 * the weight of the later versions only moves users forward.
 */
export const CanarySpec = z.strictObject({
  backends: WeightedBackends.meta({
    description: "Versions and their shares, in whole per cents that sum to 100; later ones are the newer.",
  }),
  sticky: Sticky.optional().describe(
    "Keeps a user in one version. Left out, or where a request has no such value: drawn by chance.",
  ),
});
export type CanarySpec = z.infer<typeof CanarySpec>;
