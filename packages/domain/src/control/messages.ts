import { z } from "zod";
import { Name, SocketAddress } from "../service/names.ts";
import { Workload } from "../service/service.ts";
import { Snapshot } from "../snapshot/snapshot.ts";

/**
 * The control stream between a sidecar and the controller, over HTTP/1.1.
 *
 * `POST /v1/stream` with a {@link Hello} as JSON opens it; the answer never ends and carries one
 * {@link ControlMessage} as JSON a line. An open stream is the lease of the sidecar's endpoint: when it breaks,
 * the endpoint is gone. For each snapshot the sidecar sends an {@link Acknowledgement} to `POST /v1/ack`.
 */
export const Hello = z.strictObject({
  /** Unique for one run of one sidecar. */
  proxyId: z.string().min(1).max(128),
  workload: Workload,
  /** Where other sidecars reach this workload; absent for a sidecar that only calls. */
  inboundAddress: SocketAddress.optional(),
  zone: Name.optional(),
  /** Snapshot already held (from disk or an earlier stream), so that the same one is not sent again. */
  snapshotVersion: z.string().optional(),
  /** Version of the sidecar's own software. */
  release: z.string().max(64),
});
export type Hello = z.infer<typeof Hello>;

export const ControlMessage = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("snapshot"), snapshot: Snapshot }),
  /** The snapshot named in Hello is still the current one. */
  z.strictObject({ type: z.literal("current"), version: z.string() }),
  /** Sent every few seconds so that a dead peer is noticed. */
  z.strictObject({ type: z.literal("ping") }),
]);
export type ControlMessage = z.infer<typeof ControlMessage>;

export const Acknowledgement = z.strictObject({
  proxyId: z.string().min(1).max(128),
  version: z.string(),
  /** Present: the snapshot was refused (NACK) for this reason, and the one before stays in force. */
  error: z.string().max(2000).optional(),
});
export type Acknowledgement = z.infer<typeof Acknowledgement>;
