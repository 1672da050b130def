import type { ResponseFlags } from "@weir/telemetry/envoy";

/** Envoy's short texts (access logging: %RESPONSE_FLAGS%), in Envoy's order; a new flag without one does not compile. */
const texts: Readonly<Record<keyof ResponseFlags, string>> = {
  failedLocalHealthcheck: "LH",
  noHealthyUpstream: "UH",
  upstreamRequestTimeout: "UT",
  localReset: "LR",
  upstreamRemoteReset: "UR",
  upstreamConnectionFailure: "UF",
  upstreamConnectionTermination: "UC",
  upstreamOverflow: "UO",
  noRouteFound: "NR",
  delayInjected: "DI",
  faultInjected: "FI",
  rateLimited: "RL",
  unauthorizedDetails: "UAEX",
  rateLimitServiceError: "RLSE",
  downstreamConnectionTermination: "DC",
  upstreamRetryLimitExceeded: "URX",
  streamIdleTimeout: "SI",
  invalidEnvoyRequestHeaders: "IH",
  downstreamProtocolError: "DPE",
  upstreamMaxStreamDurationReached: "UMSDR",
  responseFromCacheFilter: "RFCF",
  noFilterConfigFound: "NFCF",
  durationTimeout: "DT",
  upstreamProtocolError: "UPE",
  noClusterFound: "NC",
  overloadManager: "OM",
  dnsResolutionFailure: "DF",
  downstreamRemoteReset: "DR",
};

const known = Object.entries(texts) as readonly (readonly [keyof ResponseFlags, string])[];

/** What Envoy writes for %RESPONSE_FLAGS%: `UF,URX`; empty where Envoy writes `-`. */
export function responseFlagText(flags: ResponseFlags | undefined): string {
  if (!flags) return "";
  return known
    .filter(([name]) => flags[name])
    .map(([, text]) => text)
    .join(",");
}
