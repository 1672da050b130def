import { describe, expect, test } from "vitest";
import { responseFlagText } from "./response-flag-text.ts";
import { httpEntry } from "./testing/entries.ts";

const textOf = (responseFlags: object) =>
  responseFlagText(httpEntry({ commonProperties: { responseFlags } }).commonProperties?.responseFlags);

// Envoy, access logging: %RESPONSE_FLAGS%.
test.each`
  name                                  | text
  ${"failedLocalHealthcheck"}           | ${"LH"}
  ${"noHealthyUpstream"}                | ${"UH"}
  ${"upstreamRequestTimeout"}           | ${"UT"}
  ${"localReset"}                       | ${"LR"}
  ${"upstreamRemoteReset"}              | ${"UR"}
  ${"upstreamConnectionFailure"}        | ${"UF"}
  ${"upstreamConnectionTermination"}    | ${"UC"}
  ${"upstreamOverflow"}                 | ${"UO"}
  ${"noRouteFound"}                     | ${"NR"}
  ${"delayInjected"}                    | ${"DI"}
  ${"faultInjected"}                    | ${"FI"}
  ${"rateLimited"}                      | ${"RL"}
  ${"rateLimitServiceError"}            | ${"RLSE"}
  ${"downstreamConnectionTermination"}  | ${"DC"}
  ${"upstreamRetryLimitExceeded"}       | ${"URX"}
  ${"streamIdleTimeout"}                | ${"SI"}
  ${"invalidEnvoyRequestHeaders"}       | ${"IH"}
  ${"downstreamProtocolError"}          | ${"DPE"}
  ${"upstreamMaxStreamDurationReached"} | ${"UMSDR"}
  ${"responseFromCacheFilter"}          | ${"RFCF"}
  ${"noFilterConfigFound"}              | ${"NFCF"}
  ${"durationTimeout"}                  | ${"DT"}
  ${"upstreamProtocolError"}            | ${"UPE"}
  ${"noClusterFound"}                   | ${"NC"}
  ${"overloadManager"}                  | ${"OM"}
  ${"dnsResolutionFailure"}             | ${"DF"}
  ${"downstreamRemoteReset"}            | ${"DR"}
`("$name is $text", ({ name, text }) => {
  expect(textOf({ [name]: true })).toBe(text);
});

describe("flags", () => {
  test("the authorization service's is a message of its own", () => {
    expect(textOf({ unauthorizedDetails: { reason: 1 } })).toBe("UAEX");
  });

  test("several come in Envoy's order, none is an empty text", () => {
    expect(textOf({ upstreamRetryLimitExceeded: true, upstreamConnectionFailure: true })).toBe("UF,URX");
    expect(textOf({})).toBe("");
    expect(responseFlagText(undefined)).toBe("");
  });
});
