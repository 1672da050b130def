import { Any, nanoseconds } from "../../otlp/messages/well-known.ts";
import { field, optional } from "../../otlp/schema/field.ts";
import { map } from "../../otlp/schema/map.ts";
import { message } from "../../otlp/schema/message.ts";
import { bool, enumeration, string } from "../../otlp/schema/scalars.ts";
import { Address } from "./address.ts";
import { ResponseFlags } from "./response-flags.ts";
import { type Struct, struct } from "./struct.ts";
import { TlsProperties } from "./tls-properties.ts";

/** envoy.config.core.v3.Metadata: what filters noted while the request passed, by the filter's name. */
export interface Metadata {
  readonly filterMetadata: ReadonlyMap<string, Struct>;
}

const Metadata = message<Metadata>({ filterMetadata: map(1, struct) });

/** envoy.data.accesslog.v3.AccessLogType: when the entry was written. */
export const accessLogType = {
  NotSet: 0,
  TcpUpstreamConnected: 1,
  TcpPeriodic: 2,
  TcpConnectionEnd: 3,
  DownstreamStart: 4,
  DownstreamPeriodic: 5,
  DownstreamEnd: 6,
  UpstreamPoolReady: 7,
  UpstreamPeriodic: 8,
  UpstreamEnd: 9,
  DownstreamTunnelSuccessfullyEstablished: 10,
  UdpTunnelUpstreamConnected: 11,
  UdpPeriodic: 12,
  UdpSessionEnd: 13,
  TcpConnectionStart: 14,
} as const;

/**
 * envoy.data.accesslog.v3.AccessLogCommon, as far as it is read. Times are nanoseconds: `startTime` since 1970, all
 * others since then; undefined: it did not come to that.
 */
export interface AccessLogCommon {
  readonly downstreamLocalAddress: Address | undefined;
  readonly tlsProperties: TlsProperties | undefined;
  readonly startTime: bigint | undefined;
  readonly timeToLastRxByte: bigint | undefined;
  readonly timeToFirstUpstreamTxByte: bigint | undefined;
  readonly timeToFirstUpstreamRxByte: bigint | undefined;
  readonly timeToLastUpstreamRxByte: bigint | undefined;
  readonly timeToLastDownstreamTxByte: bigint | undefined;
  readonly upstreamCluster: string;
  readonly responseFlags: ResponseFlags | undefined;
  readonly metadata: Metadata | undefined;
  /** Objects of filters, each packed with its type. */
  readonly filterStateObjects: ReadonlyMap<string, Any>;
  readonly customTags: ReadonlyMap<string, string>;
  readonly duration: bigint | undefined;
  /** One of several entries of a request that goes on; older than `accessLogType`. */
  readonly intermediateLogEntry: boolean;
  readonly accessLogType: number;
}

export const AccessLogCommon = message<AccessLogCommon>({
  downstreamLocalAddress: optional(3, Address),
  tlsProperties: optional(4, TlsProperties),
  startTime: optional(5, nanoseconds),
  timeToLastRxByte: optional(6, nanoseconds),
  timeToFirstUpstreamTxByte: optional(7, nanoseconds),
  timeToFirstUpstreamRxByte: optional(9, nanoseconds),
  timeToLastUpstreamRxByte: optional(10, nanoseconds),
  timeToLastDownstreamTxByte: optional(12, nanoseconds),
  upstreamCluster: field(15, string),
  responseFlags: optional(16, ResponseFlags),
  metadata: optional(17, Metadata),
  filterStateObjects: map(21, Any),
  customTags: map(22, string),
  duration: optional(23, nanoseconds),
  intermediateLogEntry: field(27, bool),
  accessLogType: field(33, enumeration(Object.keys(accessLogType))),
});
