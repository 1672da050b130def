import { field, optional } from "../../otlp/schema/field.ts";
import { message } from "../../otlp/schema/message.ts";
import { string } from "../../otlp/schema/scalars.ts";
import { type Struct, struct } from "./struct.ts";

/** envoy.config.core.v3.Locality */
export interface Locality {
  readonly region: string;
  readonly zone: string;
  readonly subZone: string;
}

const Locality = message<Locality>({
  region: field(1, string),
  zone: field(2, string),
  subZone: field(3, string),
});

/** envoy.config.core.v3.Node, as far as it says whose proxy this is. */
export interface Node {
  readonly id: string;
  /** The service that the proxy stands beside, in words of its control plane. */
  readonly cluster: string;
  readonly metadata: Struct;
  readonly locality: Locality | undefined;
}

export const Node = message<Node>({
  id: field(1, string),
  cluster: field(2, string),
  metadata: field(3, struct),
  locality: optional(4, Locality),
});
