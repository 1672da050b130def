import { gzipSync } from "node:zlib";
import { encodeLogs, encodeMetrics, encodeTraces } from "@weir/telemetry/otlp";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { damaged } from "./testing/damage.ts";
import { framed, grpcHead, http2Call, http2Connection } from "./testing/raw-http2.ts";
import { exportPath, TestReceiver } from "./testing/test-receiver.ts";

const receiver = new TestReceiver();

const attributes = {
  text: "x",
  int: 7,
  list: ["a", 1.5, null],
  map: { deep: { er: true } },
  bytes: Buffer.from("b"),
};
const times = { startTimeUnixNano: 1_700_000_000_000_000_000n, timeUnixNano: 1_700_000_001_000_000_000n };
const resource = { attributes: { "service.name": "web" } };
const span = {
  traceId: "0af7651916cd43dd8448eb211c80319c",
  spanId: "b7ad6b7169203331",
  name: "GET /",
  startTimeUnixNano: times.startTimeUnixNano,
  endTimeUnixNano: times.timeUnixNano,
  attributes,
  events: [{ timeUnixNano: times.timeUnixNano, name: "ev", attributes }],
  links: [{ traceId: "0af7651916cd43dd8448eb211c80319c", spanId: "b7ad6b7169203331" }],
};
const buckets = { offset: -3, bucketCounts: [1, 0, 300] };
const metrics = [
  {
    name: "s",
    sum: { aggregationTemporality: 1, isMonotonic: true, dataPoints: [{ ...times, asInt: 3, attributes }] },
  },
  {
    name: "e",
    exponentialHistogram: {
      aggregationTemporality: 1,
      dataPoints: [{ ...times, count: 301, sum: 2, scale: 4, positive: buckets, attributes }],
    },
  },
];

const signals = [
  {
    signal: "traces" as const,
    body: encodeTraces(
      { resourceSpans: [{ resource, scopeSpans: [{ spans: [span, span, span] }] }] },
      "protobuf",
    ),
  },
  {
    signal: "metrics" as const,
    body: encodeMetrics({ resourceMetrics: [{ resource, scopeMetrics: [{ metrics }] }] }, "protobuf"),
  },
  {
    signal: "logs" as const,
    body: encodeLogs(
      {
        resourceLogs: [
          { resource, scopeLogs: [{ logRecords: [{ timeUnixNano: 1n, body: attributes, attributes }] }] },
        ],
      },
      "protobuf",
    ),
  },
];

describe.each(signals)("$signal", ({ signal, body }) => {
  test("whatever comes is taken whole or refused as an invalid argument, never in part", async () => {
    const client = receiver.client();
    const codes = new Set<number>();
    await fc.assert(
      fc.asyncProperty(damaged([body]), async (sent) => {
        const before = receiver.taken.length;
        const { code } = await client.call(exportPath[signal], sent);
        codes.add(code);
        expect(receiver.taken.length - before).toBe(code === 0 ? 1 : 0);
      }),
      { numRuns: 400 },
    );
    expect([...codes].sort()).toEqual([0, 3]);
    expect(receiver.faults).toEqual([]);
    expect(await client.call(exportPath[signal], body)).toMatchObject({ code: 0 });
  });
});

test("whatever stands where messages are framed or compressed, every call is answered", async () => {
  const session = http2Connection(receiver.port);
  const bodies = signals.flatMap(({ body }) => [
    framed(body),
    framed(gzipSync(body), 1),
    Buffer.concat([framed(body), framed(gzipSync(body), 1)]),
  ]);
  const codes = new Set<string>();
  await fc.assert(
    fc.asyncProperty(
      damaged(bodies),
      fc.constantFrom("identity", "gzip", "deflate"),
      fc.constantFrom(...Object.values(exportPath)),
      async (sent, coding, path) => {
        const answer = await http2Call(session, grpcHead(path, { "grpc-encoding": coding }), sent);
        codes.add(String(answer["grpc-status"]));
      },
    ),
    { numRuns: 600 },
  );
  session.destroy();
  // OK, invalid argument, too large a length, not one message.
  expect([...codes].filter((code) => !["0", "3", "8", "12"].includes(code))).toEqual([]);
  expect(codes.size).toBeGreaterThan(2);
  expect(receiver.faults).toEqual([]);
});
