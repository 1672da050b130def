import { z } from "zod";
import { FieldName } from "./text-match.ts";
import { WeightedBackends } from "./weighted-backend.ts";

/** What of a request stays the same for one user. A request without it is drawn by chance. */
export const Sticky = z.union(
  [
    z.strictObject({ cookie: FieldName }),
    z.strictObject({ header: FieldName }),
    z.strictObject({ source: z.literal(true) }),
  ],
  { error: "must have exactly one of cookie, header and source" },
);
export type Sticky = z.infer<typeof Sticky>;

/**
 * A share of all of a service's requests for each of its versions. `sticky` keeps a user in one version: raising
 * the weight of the later versions only moves users forward.
 */
export const CanarySpec = z.strictObject({ backends: WeightedBackends, sticky: Sticky.optional() });
export type CanarySpec = z.infer<typeof CanarySpec>;
