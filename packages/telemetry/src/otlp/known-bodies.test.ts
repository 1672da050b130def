import { expect, test } from "vitest";
import { decodeLogs, decodeMetrics, decodeTraces } from "./codec.ts";

// Written by OpenTelemetry's own protobuf serializers (@opentelemetry/otlp-transformer 0.301): a round trip through
// our codec alone would not notice a wrong field number.
const traces =
  "CpMCChoKFgoMc2VydmljZS5uYW1lEgYKBHNob3AQABL0AQoKCgNsaWISAzEuMhLlAQoQCvdlGRbNQ92ESOshHIAxnBIIt61rcWkgMzEiCLeta3FpIDMyKgVHRVQgLzACORXNhT3+nJcXQRWue0P+nJcXSggKAXMSAwoBeEoQCgFpEgsY+///////////AUoOCgFkEgkhAAAAAAAA4D9KBwoBYhICEAFKEAoBYRILKgkKAwoBcAoCGAFQAVoYCZVjHj7+nJcXEgJldhoHCgFlEgIQASAAYAJqLAoQGvdlGRbNQ92ESOshHIAxnBIIx61rcWkgMzEiBwoBbBICGAEoADUBAQAAcAN6BxIDYmFkGAKFAQEBAAA=";
const logs =
  "CqIBChoKFgoMc2VydmljZS5uYW1lEgYKBHNob3AQABKDAQoKCgNsaWISAzEuMhJ1CRXNhT3+nJcXEBEaBUVSUk9SKh4yHAoNCgFtEggKBmZhaWxlZAoLCgFuEgYqBAoCGAEyCAoBaxIDCgF2OARFAQAAAEoQCvdlGRbNQ92ESOshHIAxnFIIt61rcWkgMzFZFs2FPf6clxdiC3dlaXIuYWNjZXNz";
const metrics =
  "CoADChoKFgoMc2VydmljZS5uYW1lEgYKBHNob3AQABLhAgoKCgNsaWISAzEuMhJ8CgJtMBIBZBoBc0pwCmwRAAAqNv6clxcZAOQ1igCdlxchBAAAAAAAAAApAAAAAAAAHkAyGAEAAAAAAAAAAAAAAAAAAAADAAAAAAAAADoQAAAAAAAA8D8AAAAAAAAEQEoICgFrEgMKAXZZAAAAAAAA4D9hAAAAAAAACEAQARJnCgJtMRIBZBoBc1JbClcKCAoBaxIDCgF2EQAAKjb+nJcXGQDkNYoAnZcXIQYAAAAAAAAAKQAAAAAAAPg/MAg5AQAAAAAAAABCCAgNEgQBAKwCSgBhmpmZmZmZuT9pzczMzMzM7D8QARIzCgJtMhIBZBoBcyonCiURAAAqNv6clxcZAOQ1igCdlxchAAAAAAAABEA6CAoBaxIDCgF2EjcKAm0zEgFkGgFzOisKJREAACo2/pyXFxkA5DWKAJ2XFyEAAAAAAAAoQDoICgFrEgMKAXYQARgB";

const body = (base64: string) => Buffer.from(base64, "base64");
const resource = { attributes: { "service.name": "shop" } };
const scope = { name: "lib", version: "1.2" };
const traceId = "0af7651916cd43dd8448eb211c80319c";
const spanId = "b7ad6b7169203331";

test("a span of OpenTelemetry's own serializer", () => {
  expect(decodeTraces(body(traces), "protobuf").resourceSpans).toMatchObject([
    {
      resource,
      scopeSpans: [
        {
          scope,
          spans: [
            {
              traceId,
              spanId,
              parentSpanId: "b7ad6b7169203332",
              flags: 0x101,
              name: "GET /",
              kind: 2,
              startTimeUnixNano: 1700000000123456789n,
              endTimeUnixNano: 1700000000223456789n,
              attributes: { s: "x", i: -5, d: 0.5, b: true, a: ["p", 1] },
              droppedAttributesCount: 1,
              events: [{ timeUnixNano: 1700000000133456789n, name: "ev", attributes: { e: true } }],
              droppedEventsCount: 2,
              links: [{ traceId: "1af7651916cd43dd8448eb211c80319c", attributes: { l: 1 }, flags: 0x101 }],
              droppedLinksCount: 3,
              status: { message: "bad", code: 2 },
            },
          ],
        },
      ],
    },
  ]);
});

test("a log record of OpenTelemetry's own serializer", () => {
  expect(decodeLogs(body(logs), "protobuf").resourceLogs).toMatchObject([
    {
      resource,
      scopeLogs: [
        {
          scope,
          logRecords: [
            {
              timeUnixNano: 1700000000123456789n,
              observedTimeUnixNano: 1700000000123456790n,
              severityNumber: 17,
              severityText: "ERROR",
              body: { m: "failed", n: [1] },
              attributes: { k: "v" },
              droppedAttributesCount: 4,
              flags: 1,
              traceId,
              spanId,
              eventName: "weir.access",
            },
          ],
        },
      ],
    },
  ]);
});

test("metrics of OpenTelemetry's own serializer", () => {
  const point = {
    attributes: { k: "v" },
    startTimeUnixNano: 1700000000000000000n,
    timeUnixNano: 1700000010000000000n,
  };
  expect(decodeMetrics(body(metrics), "protobuf").resourceMetrics[0]?.scopeMetrics[0]).toMatchObject({
    scope,
    metrics: [
      {
        name: "m0",
        description: "d",
        unit: "s",
        histogram: {
          aggregationTemporality: 1,
          dataPoints: [
            {
              ...point,
              count: 4,
              sum: 7.5,
              bucketCounts: [1, 0, 3],
              explicitBounds: [1, 2.5],
              min: 0.5,
              max: 3,
            },
          ],
        },
      },
      {
        name: "m1",
        exponentialHistogram: {
          aggregationTemporality: 1,
          dataPoints: [
            {
              ...point,
              count: 6,
              sum: 1.5,
              scale: 4,
              zeroCount: 1,
              positive: { offset: -7, bucketCounts: [1, 0, 300] },
              min: 0.1,
              max: 0.9,
            },
          ],
        },
      },
      { name: "m2", gauge: { dataPoints: [{ ...point, asDouble: 2.5 }] } },
      {
        name: "m3",
        sum: { aggregationTemporality: 1, isMonotonic: true, dataPoints: [{ ...point, asDouble: 12 }] },
      },
    ],
  });
});
