import { Mode, Policy, policyKinds } from "@weir/domain";
import { z } from "zod";
import { MeshName } from "../bounded-text.ts";

/** Which policy is meant. */
export const PolicyRef = z.object({ namespace: MeshName, name: MeshName });

/** A policy, and the revision that it became. */
export const SavedPolicy = z.object({ ...PolicyRef.shape, revision: z.number() });

/** The revision of a policy that somebody was shown as the one in force; 0: there was none. */
export const ShownRevision = z.object({ ...PolicyRef.shape, revision: z.int32().min(0) });

const ModeInForce = z.object({
  mode: Mode,
  origin: z.enum(["hold", "policy", "service", "namespace", "mesh"]),
});

/** A policy as it is in force, without what it says. */
export const PolicyHead = z.object({
  namespace: z.string(),
  name: z.string(),
  kind: z.enum(policyKinds),
  /** The service that it is about, in its own namespace. */
  targetRef: z.string(),
  inForce: ModeInForce,
  /** Set on the policy itself; absent: inherited. */
  ownMode: Mode.optional(),
  revision: z.number(),
  changedAtMs: z.number(),
  changedBy: z.string(),
});
export type PolicyHead = z.infer<typeof PolicyHead>;

/** A finding at its place in a text; offsets in UTF-16 units, lines and columns from 1. */
export const PlacedFinding = z.object({
  code: z.string(),
  path: z.string(),
  severity: z.enum(["error", "warning", "info"]),
  message: z.string(),
  fix: z.string(),
  /** The policy says itself that it is meant so. */
  ignored: z.boolean().optional(),
  from: z.number(),
  to: z.number(),
  line: z.number(),
  column: z.number(),
});

/** The kinds and their members as JSON Schema (2020-12): what an editor completes by and a form is made of. */
export const policyJsonSchema = z.toJSONSchema(Policy, { io: "input", unrepresentable: "any" });
