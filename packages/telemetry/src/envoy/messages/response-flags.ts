import { field, optional } from "../../otlp/schema/field.ts";
import { message } from "../../otlp/schema/message.ts";
import { bool, enumeration } from "../../otlp/schema/scalars.ts";

/** envoy.data.accesslog.v3.ResponseFlags.Unauthorized */
export interface Unauthorized {
  /** 1: the external authorization service refused. */
  readonly reason: number;
}

const Unauthorized = message<Unauthorized>({
  reason: field(1, enumeration(["REASON_UNSPECIFIED", "EXTERNAL_SERVICE"])),
});

/** envoy.data.accesslog.v3.ResponseFlags: what went on beside a plain answer. Several may be set. */
export interface ResponseFlags {
  readonly failedLocalHealthcheck: boolean;
  readonly noHealthyUpstream: boolean;
  readonly upstreamRequestTimeout: boolean;
  readonly localReset: boolean;
  readonly upstreamRemoteReset: boolean;
  readonly upstreamConnectionFailure: boolean;
  readonly upstreamConnectionTermination: boolean;
  readonly upstreamOverflow: boolean;
  readonly noRouteFound: boolean;
  readonly delayInjected: boolean;
  readonly faultInjected: boolean;
  readonly rateLimited: boolean;
  readonly unauthorizedDetails: Unauthorized | undefined;
  readonly rateLimitServiceError: boolean;
  readonly downstreamConnectionTermination: boolean;
  readonly upstreamRetryLimitExceeded: boolean;
  readonly streamIdleTimeout: boolean;
  readonly invalidEnvoyRequestHeaders: boolean;
  readonly downstreamProtocolError: boolean;
  readonly upstreamMaxStreamDurationReached: boolean;
  readonly responseFromCacheFilter: boolean;
  readonly noFilterConfigFound: boolean;
  readonly durationTimeout: boolean;
  readonly upstreamProtocolError: boolean;
  readonly noClusterFound: boolean;
  readonly overloadManager: boolean;
  readonly dnsResolutionFailure: boolean;
  readonly downstreamRemoteReset: boolean;
}

export const ResponseFlags = message<ResponseFlags>({
  failedLocalHealthcheck: field(1, bool),
  noHealthyUpstream: field(2, bool),
  upstreamRequestTimeout: field(3, bool),
  localReset: field(4, bool),
  upstreamRemoteReset: field(5, bool),
  upstreamConnectionFailure: field(6, bool),
  upstreamConnectionTermination: field(7, bool),
  upstreamOverflow: field(8, bool),
  noRouteFound: field(9, bool),
  delayInjected: field(10, bool),
  faultInjected: field(11, bool),
  rateLimited: field(12, bool),
  unauthorizedDetails: optional(13, Unauthorized),
  rateLimitServiceError: field(14, bool),
  downstreamConnectionTermination: field(15, bool),
  upstreamRetryLimitExceeded: field(16, bool),
  streamIdleTimeout: field(17, bool),
  invalidEnvoyRequestHeaders: field(18, bool),
  downstreamProtocolError: field(19, bool),
  upstreamMaxStreamDurationReached: field(20, bool),
  responseFromCacheFilter: field(21, bool),
  noFilterConfigFound: field(22, bool),
  durationTimeout: field(23, bool),
  upstreamProtocolError: field(24, bool),
  noClusterFound: field(25, bool),
  overloadManager: field(26, bool),
  dnsResolutionFailure: field(27, bool),
  downstreamRemoteReset: field(28, bool),
});
