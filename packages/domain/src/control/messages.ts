import { z } from "zod";
import { Name, SocketAddress } from "../service/names.ts";
import { Workload } from "../service/service.ts";
import { Snapshot, SnapshotChange } from "../snapshot/snapshot.ts";
import { isStorable, notStorable } from "../text/is-storable.ts";

/** Printable ASCII, so that it can stand in a log, an address or a table as it is. */
const ProxyId = z.string().regex(/^[\x21-\x7e]{1,128}$/, "must be 1 to 128 printable ASCII characters");

/** Free text short enough to store. */
const Text = (maximum: number) => z.string().max(maximum).refine(isStorable, notStorable);

/**
 * The control stream between a sidecar and the controller, over HTTP/1.1.
 *
 * `POST /v1/stream` with a {@link Hello} as JSON opens it; the answer never ends and carries one
 * {@link ControlMessage} as JSON a line. An open stream is the lease of the sidecar's endpoint: when it breaks,
 * the endpoint is gone. For each snapshot or change the sidecar sends an {@link Acknowledgement} to `POST /v1/ack`.
 * Both requests must say `content-type: application/json`, and are answered 415 otherwise.
 */
export const Hello = z.strictObject({
  /** Unique for one run of one sidecar. */
  proxyId: ProxyId,
  workload: Workload,
  /** Where other sidecars reach this workload; absent for a sidecar that only calls. */
  inboundAddress: SocketAddress.optional(),
  zone: Name.optional(),
  /** Snapshot already held (from disk or an earlier stream), so that the same one is not sent again. */
  snapshotVersion: Text(64).optional(),
  /** It understands a change of the snapshot that it was sent last; absent: it wants each one whole. */
  takesChanges: z.boolean().optional(),
  /** Version of the sidecar's own software. */
  release: Text(64),
});
export type Hello = z.infer<typeof Hello>;

export const ControlMessage = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("snapshot"), snapshot: Snapshot }),
  /** Of the snapshot that came before it on this stream, refused or not, or of the one named in Hello after `current`. */
  z.strictObject({ type: z.literal("change"), change: SnapshotChange }),
  /** The snapshot named in Hello is still the current one. */
  z.strictObject({ type: z.literal("current"), version: z.string() }),
  /** Sent every few seconds so that a dead peer is noticed. */
  z.strictObject({ type: z.literal("ping") }),
]);
export type ControlMessage = z.infer<typeof ControlMessage>;

export const Acknowledgement = z.strictObject({
  proxyId: ProxyId,
  version: Text(64),
  /** Present: the snapshot was refused (NACK) for this reason, and the one before stays in force. */
  error: Text(2000).optional(),
});
export type Acknowledgement = z.infer<typeof Acknowledgement>;
