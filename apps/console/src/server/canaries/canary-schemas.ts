import { Mode, policyKinds } from "@weir/domain";
import { z } from "zod";
import { MeshName } from "../bounded-text.ts";

/** A service that a canary page looks at. */
export const ServiceRef = z.object({ namespace: MeshName, service: MeshName });

/** Versions and per cents as they were stored: judged when they came in, so not again on their way out. */
export const Backends = z.array(z.object({ version: MeshName, weight: z.number() }));

const ModeInForce = z.object({
  mode: Mode,
  origin: z.enum(["hold", "policy", "service", "namespace", "mesh"]),
});

export const Canary = z.object({
  name: z.string(),
  revision: z.number(),
  backends: Backends,
  /** Versions that chosen requests go to whatever the weights. */
  pinnedTo: z.array(z.string()),
  /** Where copies go, and of how many per cent. */
  mirror: z.object({ version: z.string(), percent: z.number() }).optional(),
  inForce: ModeInForce,
  /** Set on the policy itself; absent: inherited. */
  ownMode: Mode.optional(),
  changedAtMs: z.number(),
  changedBy: z.string(),
});
export type Canary = z.infer<typeof Canary>;

export const CanaryService = z.object({
  namespace: z.string(),
  service: z.string(),
  versions: z.array(z.string()),
  readyVersions: z.array(z.string()),
  stableVersion: z.string().optional(),
  inForce: ModeInForce,
  canary: Canary.optional(),
  /** What else decides about this service's requests: routes come first, a second canary never gets a say. */
  otherPolicies: z.array(z.object({ name: z.string(), kind: z.enum(policyKinds) })),
});
export type CanaryService = z.infer<typeof CanaryService>;
