import { bucketIndex } from "@weir/domain";
import { decodeMetrics } from "@weir/telemetry/otlp";
import { describe, expect, test } from "vitest";
import { processBody } from "../../processors/testing/process-body.ts";
import type { AccessRecord } from "./access-record.ts";
import { encodeLogsRequest } from "./logs-request.ts";
import { encodeMetricsRequest } from "./metrics-request.ts";
import type { ReportingNode } from "./reporting-node.ts";

const node: ReportingNode = {
  id: "web-1",
  address: undefined,
  workload: { namespace: "shop", service: "web", version: "v1" },
};
const trace = { traceId: "0af7651916cd43dd8448eb211c80319c", spanId: "b7ad6b7169203331", sampled: true };
const record: AccessRecord = {
  reporter: "source",
  source: node.workload,
  destination: { namespace: "shop", service: "backend", version: "v2" },
  startNs: 1_764_000_000_123_456_789n,
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
  security: undefined,
  requestBytes: 12,
  responseBytes: 5_000_000_000,
  trace,
};
const edge = { reporter: "source", source: record.source, destination: record.destination };

const logsOf = (...records: AccessRecord[]) => processBody("logs", encodeLogsRequest(node, records, "s/0"));
const metricsOf = (...records: AccessRecord[]) =>
  processBody("metrics", encodeMetricsRequest(node, records, "s/0"));

test("a record becomes an entry of the access log, with nothing lost and nothing refused", () => {
  const { rows, rejections } = logsOf(record, { ...record, status: 0, flag: "UF", trace: undefined });
  expect(rejections.total).toBe(0);
  expect(rows.accessLogs).toEqual([
    {
      timeNs: record.startNs,
      traceId: trace.traceId,
      spanId: trace.spanId,
      ...edge,
      protocol: "http",
      method: "POST",
      path: "/charge",
      host: "backend",
      status: 201,
      flag: "",
      durationNs: 8_000_000n,
      upstreamNs: 5_500_000n,
      requestBytes: 12n,
      responseBytes: 5_000_000_000n,
      decisions: [],
    },
    expect.objectContaining({ status: 0, flag: "UF" }),
  ]);
  expect(rows.accessLogs[1]).not.toHaveProperty("traceId");
});

describe("counts on the map", () => {
  test("requests that agree are one point, with their latencies and their bytes", () => {
    const { rows, rejections } = metricsOf(record, { ...record, status: 204, durationNs: 16_000_000 });
    expect(rejections.total).toBe(0);
    expect(rows.edgePoints).toEqual([
      {
        timeMs: 1_764_000_000_139,
        ...edge,
        protocol: "http",
        method: "POST",
        statusClass: 2,
        flag: "",
        resends: 0,
        requests: 2,
        requestBytes: 24,
        responseBytes: 10_000_000_000,
        durationSumSeconds: 0.024,
        histogram: { indexes: [bucketIndex(0.008), bucketIndex(0.016)], counts: [1, 1] },
        exemplars: [
          { bucketIndex: bucketIndex(0.008), traceId: trace.traceId },
          { bucketIndex: bucketIndex(0.016), traceId: trace.traceId },
        ],
      },
    ]);
  });

  test.each`
    change                                                     | why
    ${{ status: 503 }}                                         | ${"status class"}
    ${{ flag: "UF" }}                                          | ${"flag"}
    ${{ method: "GET" }}                                       | ${"method"}
    ${{ protocol: "grpc" }}                                    | ${"protocol"}
    ${{ source: { ...record.source, version: "v9" } }}         | ${"source"}
    ${{ destination: { ...record.destination, version: "" } }} | ${"destination"}
    ${{ startNs: record.startNs + 10_000_000_000n }}           | ${"slot of the map"}
  `("those that differ in their $why are two", ({ change }) => {
    expect(metricsOf(record, { ...record, ...change }).rows.edgePoints).toHaveLength(2);
  });

  test("reports of both ends stand under the names of their sidecars' metrics", () => {
    const body = encodeMetricsRequest(node, [record, { ...record, reporter: "destination" }], "s/0");
    const metrics = decodeMetrics(body, "protobuf").resourceMetrics[0]?.scopeMetrics[0]?.metrics;
    expect(metrics?.map(({ name, unit }) => [name, unit])).toEqual([
      ["http.client.request.duration", "s"],
      ["http.server.request.duration", "s"],
      ["weir.request.bytes", "By"],
      ["weir.response.bytes", "By"],
    ]);
  });

  test("a request that was not sampled is no exemplar, and a trace is one once a bucket", () => {
    const unsampled = { ...record, trace: { ...trace, sampled: false } };
    expect(metricsOf(unsampled).rows.edgePoints[0]?.exemplars).toEqual([]);
    expect(metricsOf(record, record, record).rows.edgePoints[0]?.exemplars).toHaveLength(1);
  });

  test("a request that took no time belongs to the lowest bucket", () => {
    expect(metricsOf({ ...record, durationNs: 0 }).rows.edgePoints[0]?.histogram).toEqual({
      indexes: [bucketIndex(0)],
      counts: [1],
    });
  });
});

test("identical batches are told apart, for nobody sends one again", () => {
  for (const encode of [encodeLogsRequest, encodeMetricsRequest])
    expect(encode(node, [record], "s/0")).not.toEqual(encode(node, [record], "s/1"));
});
