import { z } from "zod";
import { Mode } from "../mode/mode.ts";
import { policyCommon, policyUnion } from "../policy/policy.ts";
import { Name, Version } from "../service/names.ts";
import { Endpoint, Protocol } from "../service/service.ts";

/** A policy with its mode resolved, so that a sidecar needs no other level to know whether to act. */
export const SnapshotPolicy = policyUnion({ ...policyCommon, mode: Mode, revision: z.int().min(1) });
export type SnapshotPolicy = z.infer<typeof SnapshotPolicy>;

export const Admission = z.enum(["caller", "destination"]);
export type Admission = z.infer<typeof Admission>;

export const SnapshotService = z.strictObject({
  namespace: Name,
  name: Name,
  /** Lower case, without port; what a caller of the snapshot's namespace may put into Host. */
  hosts: z.array(z.string().min(1)),
  protocol: Protocol,
  /** Mode of the service itself, as its policies without their own mode have it. */
  mode: Mode,
  stableVersion: Version.optional(),
  /**
   * Where authorization and rateLimit are judged: by the destination's sidecar, or, because the endpoints have
   * none, by the caller's. Absent: by the destination's.
   */
  admission: Admission.optional(),
  endpoints: z.array(Endpoint),
  policies: z.array(SnapshotPolicy),
});
export type SnapshotService = z.infer<typeof SnapshotService>;

/** All that the sidecars of one namespace need, in an order that makes equal content equal text. */
export const SnapshotContent = z.strictObject({
  namespace: Name,
  services: z.array(SnapshotService),
});
export type SnapshotContent = z.infer<typeof SnapshotContent>;

/** SHA-256 of the content's JSON, first 16 hexadecimal digits. */
export const SnapshotVersion = z.string().regex(/^[0-9a-f]{16}$/);

export const Snapshot = z.strictObject({ version: SnapshotVersion, content: SnapshotContent });
export type Snapshot = z.infer<typeof Snapshot>;

/** What makes one snapshot of another, so that of many services the one that changed is sent. */
export const SnapshotChange = z.strictObject({
  /** Version of the snapshot that it is about. */
  from: SnapshotVersion,
  /** Of the snapshot that comes of it. */
  version: SnapshotVersion,
  /** New, or in place of the service of that name. */
  services: z.array(SnapshotService),
  removed: z.array(z.strictObject({ namespace: Name, name: Name })),
});
export type SnapshotChange = z.infer<typeof SnapshotChange>;
