import { z } from "zod";
import { WeightedBackends } from "./weighted-backend.ts";

/** A share of all of a service's requests for each of its versions. */
export const CanarySpec = z.strictObject({ backends: WeightedBackends });
export type CanarySpec = z.infer<typeof CanarySpec>;
