import { expect, test } from "vitest";
import { decodeStreamAccessLogs, encodeStreamAccessLogs } from "./codec.ts";

// Sent by Envoy 1.40 (access_loggers.http_grpc and tcp_grpc), the second but for the sixty kilobytes of extensions in its
// node; what they say was read by Envoy's own Go bindings. A round trip through our codec alone would not notice a wrong
// field number.
const http =
  "EtwKCukCCqQBEhEKDxIJMTI3LjAuMC4xGN7wAhoRCg8SCTEyNy4wLjAuMRi5lAEqCwjg56zYBhDQrMYdMgQQvd0CWgQQ1dkQYgQQiMERggECSAGiAREKDxIJMTI3LjAuMC4xGN7wArIBCwoDZW52EgR0ZXN0ugEEELCAEtIBJGRiYTA3NWU3LWFiYjQtNDUzYi04NWZlLTJkMjNmMmJjZThmNegBYfABmQGIAgYQAhqhAQgBEgRodHRwGg8xMjcuMC4wLjE6MTkwMDEqBi9vdGhlcjILY3VybC83Ljg4LjFKJGRiYTA3NWU3LWFiYjQtNDUzYi04NWZlLTJkMjNmMmJjZThmNVjeAWpGCgt0cmFjZXBhcmVudBI3MDAtMGFmNzY1MTkxNmNkNDNkZDg0NDhlYjIxMWM4MDMxOWMtYjdhZDZiNzE2OTIwMzMzMS0wMXh/IhoKAwiUAxA2Mg9yb3V0ZV9ub3RfZm91bmRARwrGAwr+ARIRCg8SCTEyNy4wLjAuMRji8AIaEQoPEgkxMjcuMC4wLjEYuZQBKgsI4Oes2AYQ4KjVLzIEEJrWAjoEEKOGHUIEEJuHHUoFEPHL5ANSBRDSwu0DWgUQxorsA2IFEIuV8ANqEQoPEgkxMjcuMC4wLjEYiJUBchEKDxIJMTI3LjAuMC4xGKzqAnoOaW5ib3VuZHw5MDgwfHyiAREKDxIJMTI3LjAuMC4xGOLwArIBCwoDZW52EgR0ZXN0ugEFEJXG8APAAQHSASQyM2U4MDBjMy0wOTY5LTQ5NTctOTA5Ny0xYzcyZTAzOGYwNWXoAYgB8AGYAfgBjQKAAoYBiAIGEAIaowEIARIEaHR0cBoPMTI3LjAuMC4xOjE5MDAxKgUvaW4veDILY3VybC83Ljg4LjFKJDIzZTgwMGMzLTA5NjktNDk1Ny05MDk3LTFjNzJlMDM4ZjA1ZViAAmpGCgt0cmFjZXBhcmVudBI3MDAtMGFmNzY1MTkxNmNkNDNkZDg0NDhlYjIxMWM4MDMxOWMtYjdhZDZiNzE2OTIwMzMzMS0wMXD3AXh/IhsKAwjIARBkGAsyDHZpYV91cHN0cmVhbThkQGoKpAQKnwISEQoPEgkxMjcuMC4wLjEY7vACGhEKDxIJMTI3LjAuMC4xGLmUASoLCODnrNgGEICL2kIyBBD33AI6BBDNoQtCBBDFogtKBRCDzvYEUgUQtvX7BFoFEJa5+gRiBRCo2vwEahEKDxIJMTI3LjAuMC4xGIiVAXIRCg8SCTEyNy4wLjAuMRig6gJ6L291dGJvdW5kfDkwODB8djJ8cmV2aWV3cy5zaG9wLnN2Yy5jbHVzdGVyLmxvY2FsogERCg8SCTEyNy4wLjAuMRju8AKyAQsKA2VudhIEdGVzdLoBBRDGh/0EwAEB0gEkZWVhYjYxMTctM2U1ZC00MmY0LWI2OTMtZWJkNTQyMjQ1N2M56AGhAfABwAH4AbUCgAKeAYgCBhACGs4BCAESBGh0dHAaDzEyNy4wLjAuMToxOTAwMSoNL3Jldmlld3MvZ3JwYzILY3VybC83Ljg4LjFKJGVlYWI2MTE3LTNlNWQtNDJmNC1iNjkzLWViZDU0MjI0NTdjOVikAmpGCgt0cmFjZXBhcmVudBI3MDAtMGFmNzY1MTkxNmNkNDNkZDg0NDhlYjIxMWM4MDMxOWMtYjdhZDZiNzE2OTIwMzMzMS0wMWogCgxjb250ZW50LXR5cGUSEGFwcGxpY2F0aW9uL2dycGNwlwJ4ngEiLQoDCMgBEHEYEyIQCgtncnBjLXN0YXR1cxIBNTIMdmlhX3Vwc3RyZWFtOHNAew==";
const tcp =
  "CuoDCtIDCkBzaWRlY2FyfjEyNy4wLjAuOX5wcm9kdWN0cGFnZS12MS1hYmMuc2hvcH5zaG9wLnN2Yy5jbHVzdGVyLmxvY2FsEhBwcm9kdWN0cGFnZS5zaG9wGs8BCpQBCgZMQUJFTFMSiQEqhgEKKwojc2VydmljZS5pc3Rpby5pby9jYW5vbmljYWwtcmV2aXNpb24SBBoCdjEKDwoHdmVyc2lvbhIEGgJ2MQoUCgNhcHASDRoLcHJvZHVjdHBhZ2UKMAofc2VydmljZS5pc3Rpby5pby9jYW5vbmljYWwtbmFtZRINGgtwcm9kdWN0cGFnZQoTCglOQU1FU1BBQ0USBhoEc2hvcAohCg1XT1JLTE9BRF9OQU1FEhAaDnByb2R1Y3RwYWdlLXYxIgoKAmV1EgRldS0xMgVlbnZveUKWAQoECAEQKBKNAQoaCgtzc2wudmVyc2lvbhILGglCb3JpbmdTU0wKOgoMcmV2aXNpb24uc2hhEioaKDllNTU4MDkzMzczOTc3NWU4YmNlNjk2YTU3YTJlMWJjOTkzNjhmMjMKGgoPcmV2aXNpb24uc3RhdHVzEgcaBUNsZWFuChcKCmJ1aWxkLnR5cGUSCRoHUkVMRUFTRRITdGNwX2Vudm95X2FjY2Vzc2xvZxraAQrXAQrMARIRCg8SCTEyNy4wLjAuMRiEsQMaEQoPEgkxMjcuMC4wLjEYupQBKgsI4Oes2AYQyMjSV2oRCg8SCTEyNy4wLjAuMRiIlQFyEQoPEgkxMjcuMC4wLjEYuOoCehhyZWRpc19rdW1hLWRlbW9fc3ZjXzYzNzmiAREKDxIJMTI3LjAuMC4xGISxA7oBBRCi2ZMGwAEB0gEkMTBiODE3NzUtMjBjNC00ZjI5LThiMjctM2E3ZjdkNzhlZDU06AGFAfABlwH4AZcBgAKFAYgCAxIGCJcBEIUB";

const body = (base64: string) => Buffer.from(base64, "base64");

test("HTTP entries of a real Envoy", () => {
  const { identifier, httpLogs, tcpLogs } = decodeStreamAccessLogs(body(http));
  expect([identifier, tcpLogs]).toEqual([undefined, undefined]);
  const [lost, inbound, grpc] = httpLogs?.logEntry ?? [];
  expect(lost).toMatchObject({
    commonProperties: {
      upstreamCluster: "",
      responseFlags: { noRouteFound: true, noHealthyUpstream: false },
      accessLogType: 6,
      customTags: new Map([["env", "test"]]),
    },
    response: { responseCode: 404 },
  });
  expect(inbound?.commonProperties).toMatchObject({
    startTime: 1_795_896_288_099_964_000n,
    downstreamLocalAddress: { socketAddress: { address: "127.0.0.1", portValue: 19001 } },
    upstreamCluster: "inbound|9080||",
  });
  expect(grpc).toMatchObject({
    commonProperties: {
      timeToFirstUpstreamTxByte: 184_525n,
      timeToLastUpstreamRxByte: 10_418_870n,
      timeToLastDownstreamTxByte: 10_431_784n,
      upstreamCluster: "outbound|9080|v2|reviews.shop.svc.cluster.local",
      responseFlags: undefined,
      intermediateLogEntry: false,
    },
    protocolVersion: 2,
    request: {
      requestMethod: 1,
      authority: "127.0.0.1:19001",
      path: "/reviews/grpc",
      requestBodyBytes: 0,
      requestHeaders: new Map([
        ["content-type", "application/grpc"],
        ["traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"],
      ]),
    },
    response: { responseCode: 200, responseBodyBytes: 19, responseHeaders: new Map([["grpc-status", "5"]]) },
  });
});

test("a TCP entry of a real Envoy, and its node", () => {
  const { identifier, tcpLogs } = decodeStreamAccessLogs(body(tcp));
  expect(identifier).toMatchObject({
    logName: "tcp_envoy_accesslog",
    node: {
      id: "sidecar~127.0.0.9~productpage-v1-abc.shop~shop.svc.cluster.local",
      cluster: "productpage.shop",
      locality: { region: "eu", zone: "eu-1", subZone: "" },
    },
  });
  const { metadata } = identifier?.node ?? {};
  expect([metadata?.get("NAMESPACE"), metadata?.get("LABELS")]).toEqual([
    "shop",
    new Map([
      ["service.istio.io/canonical-revision", "v1"],
      ["version", "v1"],
      ["app", "productpage"],
      ["service.istio.io/canonical-name", "productpage"],
    ]),
  ]);
  expect(tcpLogs?.logEntry).toMatchObject([
    {
      commonProperties: {
        upstreamCluster: "redis_kuma-demo_svc_6379",
        duration: 12_905_634n,
        accessLogType: 3,
      },
      connectionProperties: { receivedBytes: 151, sentBytes: 133 },
    },
  ]);
});

test("what is read is what is written", () => {
  for (const message of [http, tcp].map((base64) => decodeStreamAccessLogs(body(base64))))
    expect(decodeStreamAccessLogs(encodeStreamAccessLogs(message))).toEqual(message);
});
