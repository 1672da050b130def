import { z } from "zod";
import { Mode } from "../mode/mode.ts";
import { Name } from "../service/names.ts";
import { CanarySpec } from "./canary.ts";
import { RouteSpec } from "./route.ts";

const common = {
  name: Name,
  namespace: Name,
  /** The service whose requests the policy is about, in the policy's own namespace. */
  targetRef: Name,
  /** Absent: inherited from the service, its namespace, or the mesh. */
  mode: Mode.optional(),
};

export const RoutePolicy = z.strictObject({ kind: z.literal("route"), ...common, ...RouteSpec.shape });
export type RoutePolicy = z.infer<typeof RoutePolicy>;

export const CanaryPolicy = z.strictObject({ kind: z.literal("canary"), ...common, ...CanarySpec.shape });
export type CanaryPolicy = z.infer<typeof CanaryPolicy>;

/** Every kind of policy this release can evaluate; a kind it cannot evaluate is refused, never ignored. */
export const Policy = z.discriminatedUnion("kind", [RoutePolicy, CanaryPolicy], {
  error: (issue) =>
    issue.code === "invalid_union"
      ? "unknown kind of policy; this release knows route and canary"
      : undefined,
});
export type Policy = z.infer<typeof Policy>;
export type PolicyKind = Policy["kind"];

/** A policy as it was accepted: `revision` counts from 1 for each (namespace, name) and never changes content. */
export type RevisedPolicy = Policy & { readonly revision: number };
