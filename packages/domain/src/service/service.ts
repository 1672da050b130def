import { z } from "zod";
import { Mode } from "../mode/mode.ts";
import { Name, SocketAddress, Version } from "./names.ts";

/** What a service speaks; the first form of the sidecar carries `http`. */
export const Protocol = z.enum(["http", "http2", "grpc", "tcp"]);
export type Protocol = z.infer<typeof Protocol>;

/** One instance of a workload, reached at its sidecar's inbound address. */
export const Endpoint = z.strictObject({
  address: SocketAddress,
  version: Version,
  zone: z.string().min(1).max(63).optional(),
});
export type Endpoint = z.infer<typeof Endpoint>;

/** A service as operators configure it; `mode` absent means "inherit", `stableVersion` absent "not pinned". */
export const Service = z.strictObject({
  namespace: Name,
  name: Name,
  hosts: z.array(z.string().min(1)).default([]),
  protocol: Protocol.default("http"),
  mode: Mode.optional(),
  stableVersion: Version.optional(),
});
export type Service = z.infer<typeof Service>;

/** A service at a version: the unit that a sidecar runs beside. */
export const Workload = z.strictObject({ namespace: Name, service: Name, version: Version });
export type Workload = z.infer<typeof Workload>;

/** An endpoint together with the workload it belongs to, as the controller keeps them by lease. */
export interface RegisteredEndpoint extends Endpoint {
  readonly namespace: string;
  readonly service: string;
}
