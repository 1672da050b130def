import { decodeTraces, encodeTraces, type Span, spanKind, statusCode } from "@weir/telemetry/otlp";
import { describe, expect, test } from "vitest";
import { tracesRequestOf } from "./traces-request.ts";

const receivedNs = 1_700_000_100_000_000_000n;
const traceId = "5af7183fb1d4cf5f";
const id = "352bff9a74ca9ad2";
const base = { traceId, id, name: "get /", timestamp: 1_700_000_000_000_000, duration: 1500 };

/** By way of the wire, so that what is checked is what the pipeline gets. */
const requestOf = (...spans: unknown[]) =>
  decodeTraces(encodeTraces(tracesRequestOf(spans, receivedNs), "protobuf"), "protobuf");
const spansOf = (...spans: unknown[]): Span[] =>
  requestOf(...spans).resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans));
const spanOf = (change: object): Span => spansOf({ ...base, ...change })[0]!;

describe("ids", () => {
  test.each`
    sent                                  | kept                                  | why
    ${"5af7183fb1d4cf5f"}                 | ${"00000000000000005af7183fb1d4cf5f"} | ${"64 bits are the lower half"}
    ${"463ac35c9f6413ad48485a3953bb6124"} | ${"463ac35c9f6413ad48485a3953bb6124"} | ${"128 bits are all of it"}
    ${"463AC35C9F6413AD48485A3953BB6124"} | ${"463ac35c9f6413ad48485a3953bb6124"} | ${"case does not matter"}
    ${"1"}                                | ${"00000000000000000000000000000001"} | ${"leading zeros may be left out"}
  `("trace id $sent is $kept: $why", ({ sent, kept }) => {
    expect(spanOf({ traceId: sent }).traceId).toBe(kept);
  });

  test.each`
    change                      | parentSpanId
    ${{}}                       | ${""}
    ${{ parentId: null }}       | ${""}
    ${{ parentId: "" }}         | ${"ff"}
    ${{ parentId: "6b221d5b" }} | ${"000000006b221d5b"}
    ${{ parentId: id }}         | ${""}
    ${{ parentId: "0000" }}     | ${""}
    ${{ parentId: "none" }}     | ${"ff"}
  `("$change: the parent is '$parentSpanId'", ({ change, parentSpanId }) => {
    expect(spanOf(change).parentSpanId).toBe(parentSpanId);
  });

  test("a shared server span keeps its client's id, and says that it does", () => {
    const [client, server] = spansOf(
      { ...base, kind: "CLIENT" },
      { ...base, kind: "SERVER", shared: true, localEndpoint: { serviceName: "cart" } },
    );
    expect([client?.spanId, server?.spanId]).toEqual([id, id]);
    expect([client?.attributes["zipkin.shared"], server?.attributes["zipkin.shared"]]).toEqual([
      undefined,
      true,
    ]);
  });
});

test.each`
  change                                                 | kind
  ${{ kind: "CLIENT" }}                                  | ${spanKind.client}
  ${{ kind: "SERVER" }}                                  | ${spanKind.server}
  ${{ kind: "PRODUCER" }}                                | ${spanKind.producer}
  ${{ kind: "CONSUMER" }}                                | ${spanKind.consumer}
  ${{}}                                                  | ${spanKind.internal}
  ${{ kind: null }}                                      | ${spanKind.internal}
  ${{ kind: "SOMETHING" }}                               | ${spanKind.internal}
  ${{ tags: { "span.kind": "client" } }}                 | ${spanKind.client}
  ${{ kind: "SERVER", tags: { "span.kind": "client" } }} | ${spanKind.server}
`("$change: kind $kind", ({ change, kind }) => {
  expect(spanOf(change).kind).toBe(kind);
});

const us = 1_700_000_000_000_000;
const ns = 1_700_000_000_000_000_000n;
describe("times", () => {
  test.each`
    change                                     | start         | duration    | guessed
    ${{}}                                      | ${ns}         | ${1500000n} | ${undefined}
    ${{ duration: undefined }}                 | ${ns}         | ${0n}       | ${undefined}
    ${{ duration: -5 }}                        | ${ns}         | ${0n}       | ${undefined}
    ${{ timestamp: us + 0.25, duration: 1.5 }} | ${ns + 250n}  | ${1500n}    | ${undefined}
    ${{ timestamp: "1700000000000001" }}       | ${ns + 1000n} | ${1500000n} | ${undefined}
    ${{ timestamp: undefined }}                | ${receivedNs} | ${1500000n} | ${true}
    ${{ timestamp: 0 }}                        | ${receivedNs} | ${1500000n} | ${true}
    ${{ timestamp: -1 }}                       | ${receivedNs} | ${1500000n} | ${true}
    ${{ timestamp: undefined, annotations: [{ timestamp: us + 9, value: "b" }, { timestamp: us + 5, value: "a" }] }} | ${ns + 5000n} | ${1500000n} | ${true}
    ${{ timestamp: 1e19 }}                     | ${0n}         | ${0n}       | ${undefined}
    ${{ duration: 1e19 }}                      | ${0n}         | ${0n}       | ${undefined}
  `("$change starts at $start and lasts $duration ns", ({ change, start, duration, guessed }) => {
    const span = spanOf(change);
    expect(span.startTimeUnixNano).toBe(start);
    expect(span.endTimeUnixNano - span.startTimeUnixNano).toBe(duration);
    expect(span.attributes["otel.zipkin.absentField.startTime"]).toBe(guessed);
  });

  test("a span without any time is placed by its trace, so that a resend is the same request", () => {
    const timeless = { traceId, id: "1", parentId: id };
    const spans = [timeless, { ...base, timestamp: us + 7 }, { ...base, timestamp: us }];
    expect(spansOf(...spans)[0]).toMatchObject({ startTimeUnixNano: ns, endTimeUnixNano: ns });
    expect(tracesRequestOf(spans, receivedNs)).toEqual(tracesRequestOf(spans, receivedNs + 1n));
  });
});

describe("status", () => {
  test.each`
    tags                                                                   | status                                                     | left
    ${{}}                                                                  | ${undefined}                                               | ${{}}
    ${{ error: "true" }}                                                   | ${{ code: statusCode.error, message: "" }}                 | ${{}}
    ${{ error: "" }}                                                       | ${{ code: statusCode.error, message: "" }}                 | ${{}}
    ${{ error: "connection reset" }}                                       | ${{ code: statusCode.error, message: "connection reset" }} | ${{}}
    ${{ error: "false" }}                                                  | ${undefined}                                               | ${{ error: "false" }}
    ${{ "otel.status_code": "ERROR", error: "late" }}                      | ${{ code: statusCode.error, message: "late" }}             | ${{}}
    ${{ "otel.status_code": "ERROR", "otel.status_description": "late" }}  | ${{ code: statusCode.error, message: "late" }}             | ${{}}
    ${{ "otel.status_code": "STATUS_CODE_ERROR" }}                         | ${{ code: statusCode.error, message: "" }}                 | ${{}}
    ${{ "otel.status_code": "OK" }}                                        | ${{ code: statusCode.ok, message: "" }}                    | ${{}}
    ${{ "otel.status_code": "UNSET", "http.response.status_code": "500" }} | ${undefined}                                               | ${{ "otel.status_code": "UNSET", "http.response.status_code": "500" }}
  `("$tags: $status", ({ tags, status, left }) => {
    const span = spanOf({ tags });
    expect(span.status).toEqual(status);
    expect(span.attributes).toEqual(left);
  });
});

test("endpoints are the service, the peer and their addresses", () => {
  const { resourceSpans } = requestOf(
    {
      ...base,
      localEndpoint: { serviceName: "web", ipv4: "10.0.0.1", port: 8080 },
      remoteEndpoint: { serviceName: "cart", ipv6: "2001:db8::1", port: 9000 },
      tags: {
        "service.namespace": "shop",
        "service.version": "v2",
        "telemetry.sdk.name": "x",
        "http.route": "/",
      },
    },
    {
      ...base,
      id: "2",
      tags: { "peer.service": "told" },
      remoteEndpoint: { serviceName: "guessed", port: 0 },
    },
  );
  expect(resourceSpans.map(({ resource }) => resource?.attributes)).toEqual([
    {
      "service.name": "web",
      "service.namespace": "shop",
      "service.version": "v2",
      "telemetry.sdk.name": "x",
    },
    {},
  ]);
  expect(resourceSpans.map(({ scopeSpans }) => scopeSpans[0]?.spans[0]?.attributes)).toEqual([
    {
      "http.route": "/",
      "network.local.address": "10.0.0.1",
      "network.local.port": 8080,
      "peer.service": "cart",
      "network.peer.address": "2001:db8::1",
      "network.peer.port": 9000,
    },
    { "peer.service": "told" },
  ]);
});

test("annotations are events, with attributes where OpenTelemetry wrote them", () => {
  const value = '"retry": {"attempt":2,"why":"UF","all":[1]}';
  const annotations = [
    { timestamp: us + 1, value: "wire send" },
    { timestamp: us + 2, value },
    { timestamp: us + 3, value: '"broken": {nothing}' },
    { timestamp: -1, value: "never" },
    { timestamp: us },
    "no annotation",
  ];
  expect(spanOf({ annotations }).events).toMatchObject([
    { timeUnixNano: ns + 1000n, name: "wire send", attributes: {} },
    { timeUnixNano: ns + 2000n, name: "retry", attributes: { attempt: 2, why: "UF", all: "[1]" } },
    { timeUnixNano: ns + 3000n, name: '"broken": {nothing}', attributes: {} },
  ]);
});

test("tags that only look dangerous are attributes like others", () => {
  const tags = JSON.parse('{"__proto__":"p","constructor":"c","n":1,"yes":true,"list":[],"none":null}');
  const { attributes } = spanOf({ tags });
  expect(Object.entries(attributes)).toEqual([
    ["__proto__", "p"],
    ["constructor", "c"],
    ["n", "1"],
    ["yes", "true"],
  ]);
});
