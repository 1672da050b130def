import { field, optional } from "../../otlp/schema/field.ts";
import { message } from "../../otlp/schema/message.ts";
import { string, uint32 } from "../../otlp/schema/scalars.ts";

/** envoy.config.core.v3.SocketAddress */
export interface SocketAddress {
  readonly address: string;
  readonly portValue: number;
}

const SocketAddress = message<SocketAddress>({ address: field(2, string), portValue: field(3, uint32) });

/** envoy.config.core.v3.Address; undefined for pipes and internal listeners. */
export interface Address {
  readonly socketAddress: SocketAddress | undefined;
}

export const Address = message<Address>({ socketAddress: optional(1, SocketAddress) });
