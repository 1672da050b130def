import { accessLogType } from "@weir/telemetry/envoy";
import { describe, expect, test } from "vitest";
import { type AccessRecord, httpRecord, tcpRecord } from "./access-record.ts";
import type { ReportingNode } from "./reporting-node.ts";
import { httpEntry, tcpEntry } from "./testing/entries.ts";

const node: ReportingNode = {
  id: "node",
  address: undefined,
  workload: { namespace: "shop", service: "web", version: "v1" },
};
const receivedNs = 1_800_000_000_000_000_000n;
const startTime = 1_764_000_000_123_456_789n;
const common = { startTime, upstreamCluster: "backend", duration: 9_000_000n };
const full = {
  commonProperties: {
    ...common,
    timeToLastRxByte: 1_000_000n,
    timeToFirstUpstreamTxByte: 2_000_000n,
    timeToFirstUpstreamRxByte: 5_000_000n,
    timeToLastUpstreamRxByte: 7_500_000n,
    timeToLastDownstreamTxByte: 8_000_000n,
    accessLogType: accessLogType.DownstreamEnd,
  },
  protocolVersion: 3,
  request: {
    requestMethod: 3,
    authority: "Backend:8080",
    path: "/charge?card=4111",
    requestBodyBytes: 12,
    requestHeaders: new Map([["traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"]]),
  },
  response: { responseCode: 201, responseBodyBytes: 5_000_000_000 },
};

const http = (draft: object): AccessRecord | undefined => httpRecord(httpEntry(draft), node, receivedNs);
const tcp = (draft: object): AccessRecord | undefined => tcpRecord(tcpEntry(draft), node, receivedNs);

test("a request says everything there is to say of it", () => {
  expect(http(full)).toEqual({
    reporter: "source",
    source: { namespace: "shop", service: "web", version: "v1" },
    destination: { namespace: "shop", service: "backend", version: "" },
    startNs: startTime,
    durationNs: 8_000_000,
    upstreamNs: 5_500_000,
    protocol: "http",
    protocolVersion: "2",
    method: "POST",
    host: "backend",
    path: "/charge",
    status: 201,
    grpcStatus: undefined,
    flag: "",
    requestBytes: 12,
    responseBytes: 5_000_000_000,
    trace: { traceId: "0af7651916cd43dd8448eb211c80319c", spanId: "b7ad6b7169203331", sampled: true },
  });
});

test.each`
  change                                                                                     | expected                                               | why
  ${{ request: { requestMethod: 1, originalPath: "/before", path: "/after" } }}              | ${{ path: "/before" }}                                 | ${"the path that was asked for"}
  ${{ request: { requestMethod: 0 } }}                                                       | ${{ method: "_OTHER" }}                                | ${"a method that Envoy has no number for"}
  ${{ request: { requestMethod: 99 } }}                                                      | ${{ method: "_OTHER" }}                                | ${"a method of a later Envoy"}
  ${{ request: { path: `/${"x".repeat(9000)}` } }}                                           | ${{ path: `/${"x".repeat(4095)}` }}                    | ${"a path that is too long"}
  ${{ request: { authority: "[::1]:80" } }}                                                  | ${{ host: "::1" }}                                     | ${"an IPv6 host"}
  ${{ response: {} }}                                                                        | ${{ status: 0 }}                                       | ${"no response"}
  ${{ response: { responseTrailers: new Map([["grpc-status", "14"]]) } }}                    | ${{ protocol: "grpc", grpcStatus: 14 }}                | ${"gRPC's status in trailers"}
  ${{ response: { responseHeaders: new Map([["grpc-status", "0"]]) } }}                      | ${{ protocol: "grpc", grpcStatus: 0 }}                 | ${"gRPC's status without trailers"}
  ${{ response: { responseHeaders: new Map([["grpc-status", "no"]]) } }}                     | ${{ protocol: "http", grpcStatus: undefined }}         | ${"a status that is none"}
  ${{ request: { requestHeaders: new Map([["content-type", "application/grpc+proto"]]) } }}  | ${{ protocol: "grpc", grpcStatus: undefined }}         | ${"gRPC by its content type"}
  ${{ commonProperties: { ...common, responseFlags: { upstreamConnectionFailure: true } } }} | ${{ flag: "UF" }}                                      | ${"a flag"}
  ${{ request: undefined, response: undefined }}                                             | ${{ method: "_OTHER", host: "", path: "", status: 0 }} | ${"an entry of nothing but common properties"}
  ${{ protocolVersion: 0 }}                                                                  | ${{ protocolVersion: "" }}                             | ${"a version that was not agreed on"}
`("$why", ({ change, expected }) => {
  expect(http({ ...full, ...change })).toMatchObject(expected);
});

test.each`
  cluster             | tlsProperties                        | security        | why
  ${"inbound|8080||"} | ${undefined}                         | ${"none"}       | ${"no TLS came in"}
  ${"inbound|8080||"} | ${{}}                                | ${"tls"}        | ${"the caller showed no certificate"}
  ${"inbound|8080||"} | ${{ peerCertificateProperties: {} }} | ${"mutual_tls"} | ${"it showed one"}
  ${"backend"}        | ${undefined}                         | ${undefined}    | ${"what went out may have been encrypted after"}
`("$security: $why", ({ cluster, tlsProperties, security }) => {
  const commonProperties = { ...common, upstreamCluster: cluster, tlsProperties };
  expect(http({ ...full, commonProperties })?.security).toBe(security);
  expect(tcp({ commonProperties })?.security).toBe(security);
});

describe("times", () => {
  const ms = (n: number) => BigInt(n) * 1_000_000n;

  test.each`
    times                                                                                      | durationMs | upstreamMs | why
    ${{ timeToLastDownstreamTxByte: ms(8), duration: ms(9) }}                                  | ${8}       | ${0}       | ${"the last byte to the caller is the end"}
    ${{ duration: ms(9), timeToLastUpstreamRxByte: ms(7) }}                                    | ${9}       | ${7}       | ${"else the whole duration"}
    ${{ timeToLastUpstreamRxByte: ms(7), timeToFirstUpstreamTxByte: ms(2) }}                   | ${7}       | ${5}       | ${"else the last byte from the upstream"}
    ${{ timeToLastRxByte: ms(3) }}                                                             | ${3}       | ${0}       | ${"else the last byte of the request"}
    ${{ duration: ms(9), timeToFirstUpstreamTxByte: ms(2), timeToFirstUpstreamRxByte: ms(6) }} | ${9}       | ${4}       | ${"an upstream that broke off"}
    ${{ duration: ms(9), timeToFirstUpstreamTxByte: ms(2) }}                                   | ${9}       | ${0}       | ${"an upstream that never answered"}
    ${{ duration: ms(9), timeToFirstUpstreamTxByte: ms(6), timeToLastUpstreamRxByte: ms(4) }}  | ${9}       | ${0}       | ${"an answer before the request was sent"}
    ${{ duration: ms(-5) }}                                                                    | ${0}       | ${0}       | ${"a negative duration"}
    ${{}}                                                                                      | ${0}       | ${0}       | ${"nothing"}
  `("$why", ({ times, durationMs, upstreamMs }) => {
    const record = http({ commonProperties: { startTime, ...times } });
    expect([record?.durationNs, record?.upstreamNs]).toEqual([durationMs * 1e6, upstreamMs * 1e6]);
  });

  test.each([undefined, 0n, -1n, 2n ** 70n])(
    "a start of %s is none: it began when it was received",
    (start) => {
      expect(http({ commonProperties: { startTime: start } })?.startNs).toBe(receivedNs);
    },
  );

  test("a duration beyond all measure is the longest there is", () => {
    expect(http({ commonProperties: { duration: 2n ** 60n } })?.durationNs).toBe(Number.MAX_SAFE_INTEGER);
  });
});

describe("a connection", () => {
  const entry = {
    commonProperties: { ...common, upstreamCluster: "redis_kuma-demo_svc_6379", accessLogType: 3 },
    connectionProperties: { receivedBytes: 151, sentBytes: 133 },
  };

  test("that was passed on counts as answered", () => {
    expect(tcp(entry)).toMatchObject({
      protocol: "tcp",
      destination: { namespace: "kuma-demo", service: "redis", version: "" },
      status: 200,
      requestBytes: 151,
      responseBytes: 133,
      durationNs: 9_000_000,
    });
  });

  test.each`
    flag                                 | status | text
    ${"noHealthyUpstream"}               | ${0}   | ${"UH"}
    ${"upstreamConnectionFailure"}       | ${0}   | ${"UF"}
    ${"upstreamOverflow"}                | ${0}   | ${"UO"}
    ${"noRouteFound"}                    | ${0}   | ${"NR"}
    ${"noClusterFound"}                  | ${0}   | ${"NC"}
    ${"upstreamRetryLimitExceeded"}      | ${0}   | ${"URX"}
    ${"dnsResolutionFailure"}            | ${0}   | ${"DF"}
    ${"downstreamConnectionTermination"} | ${200} | ${"DC"}
  `("$text has the status $status", ({ flag, status, text }) => {
    const commonProperties = { ...entry.commonProperties, responseFlags: { [flag]: true } };
    expect(tcp({ ...entry, commonProperties })).toMatchObject({ status, flag: text });
  });
});

test.each`
  type                                | intermediate | counts
  ${accessLogType.NotSet}             | ${false}     | ${true}
  ${accessLogType.NotSet}             | ${true}      | ${false}
  ${accessLogType.DownstreamEnd}      | ${false}     | ${true}
  ${accessLogType.TcpConnectionEnd}   | ${false}     | ${true}
  ${accessLogType.DownstreamStart}    | ${false}     | ${false}
  ${accessLogType.DownstreamPeriodic} | ${true}      | ${false}
  ${accessLogType.TcpPeriodic}        | ${true}      | ${false}
  ${accessLogType.TcpConnectionStart} | ${false}     | ${false}
  ${accessLogType.UpstreamEnd}        | ${false}     | ${false}
  ${accessLogType.UdpSessionEnd}      | ${false}     | ${false}
`("an entry of type $type, intermediate $intermediate, counts: $counts", ({ type, intermediate, counts }) => {
  const commonProperties = { ...common, accessLogType: type, intermediateLogEntry: intermediate };
  expect(http({ commonProperties }) !== undefined).toBe(counts);
  expect(tcp({ commonProperties }) !== undefined).toBe(counts);
});

test("an entry without common properties is none", () => {
  expect(http({ request: { path: "/" } })).toBeUndefined();
  expect(tcp({ connectionProperties: { sentBytes: 1 } })).toBeUndefined();
});
