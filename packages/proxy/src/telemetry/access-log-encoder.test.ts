import type { Decision } from "@weir/domain/request-path";
import { decodeLogs } from "@weir/telemetry/otlp";
import { expect, test } from "vitest";
import { AccessLogEncoder } from "./access-log-encoder.ts";
import { EdgeSeriesTable } from "./edge-series.ts";
import type { RequestRecord } from "./request-record.ts";
import { resourceOf } from "./resource.ts";

const source = { namespace: "shop", service: "web", version: "v1" };
const destination = { namespace: "shop", service: "backend", version: "v2" };

const decision: Decision = {
  policy: "split",
  kind: "canary",
  revision: 300,
  mode: "enforce",
  verdict: "version=v2",
  wouldAct: true,
  acted: true,
  reason: "weights",
};

const plain: RequestRecord = {
  direction: "outbound",
  source,
  destination,
  protocol: "http",
  security: "none",
  resends: 0,
  method: "GET",
  host: "backend",
  path: "/api/caf\u00e9",
  route: "",
  status: 200,
  grpcStatus: undefined,
  flag: "",
  startMs: 1_764_000_000_123.456,
  durationMs: 12.345678,
  upstreamMs: 11,
  requestBytes: 0,
  responseBytes: 5_000_000_000,
  decisions: [decision],
  traceId: "0af7651916cd43dd8448eb211c80319c",
  spanId: "b7ad6b7169203331",
  parentSpanId: undefined,
  sampled: true,
  peerAddress: "127.0.0.1:9000",
};

function encoded(...records: RequestRecord[]) {
  const table = new EdgeSeriesTable();
  const encoder = new AccessLogEncoder(resourceOf(source, "web-1"));
  for (const record of records) {
    const series = table.add(record);
    if (series) encoder.add(record, series);
  }
  expect(encoder.entries).toBe(records.length);
  const [resourceLogs] = decodeLogs(encoder.take(), "protobuf").resourceLogs;
  expect(resourceLogs?.resource?.attributes["service.instance.id"]).toBe("web-1");
  return resourceLogs?.scopeLogs[0]?.logRecords ?? [];
}

test("a record says everything there is to say of a request", () => {
  const [record] = encoded(plain);
  expect(record).toMatchObject({
    timeUnixNano: 1_764_000_000_123_456_000n,
    severityNumber: 9,
    eventName: "weir.access",
    flags: 1,
    traceId: plain.traceId,
    spanId: plain.spanId,
  });
  expect(record?.attributes).toEqual({
    "weir.reporter": "source",
    "weir.source.namespace": "shop",
    "weir.source.service": "web",
    "weir.source.version": "v1",
    "weir.destination.namespace": "shop",
    "weir.destination.service": "backend",
    "weir.destination.version": "v2",
    "network.protocol.name": "http",
    "http.request.method": "GET",
    "server.address": "backend",
    "url.path": "/api/caf\u00e9",
    "http.response.status_code": 200,
    "http.request.body.size": 0,
    "http.response.body.size": 5_000_000_000,
    "weir.duration_ns": 12_345_678,
    "weir.upstream_ns": 11_000_000,
    "weir.decisions": [{ ...decision }],
  });
});

test("of many policies, those that only spare a request are left to the counts", () => {
  const spared = { ...decision, verdict: "spared", wouldAct: false, acted: false };
  const lengths = encoded(
    { ...plain, decisions: [decision, ...Array.from({ length: 15 }, () => spared)] },
    { ...plain, decisions: [decision, ...Array.from({ length: 16 }, () => spared)] },
    { ...plain, decisions: Array.from({ length: 17 }, () => spared) },
  ).map(({ attributes }) => (attributes["weir.decisions"] as unknown[] | undefined)?.length);
  expect(lengths).toEqual([16, 1, undefined]);
});

test("records that share their edge differ in what differs, and only there", () => {
  const other = { ...decision, verdict: "version=v1", acted: false };
  const records = encoded(
    plain,
    { ...plain, status: 204, path: "/".padEnd(9000, "x") },
    { ...plain, decisions: [] },
    { ...plain, decisions: [decision, other] },
    { ...plain, host: "elsewhere", traceId: "", spanId: "", sampled: false },
    { ...plain, status: 0, flag: "DC", route: "split/rule" },
    { ...plain, grpcStatus: 14 },
    plain,
  );
  const told = records.map(({ attributes, traceId, flags }) => [
    attributes["http.response.status_code"],
    attributes["weir.response.flag"] ?? attributes["rpc.grpc.status_code"],
    attributes["server.address"],
    (attributes["weir.decisions"] as unknown[] | undefined)?.length ?? 0,
    traceId === "" ? "" : "traced",
    flags,
  ]);
  expect(told).toEqual([
    [200, undefined, "backend", 1, "traced", 1],
    [204, undefined, "backend", 1, "traced", 1],
    [200, undefined, "backend", 0, "traced", 1],
    [200, undefined, "backend", 2, "traced", 1],
    [200, undefined, "elsewhere", 1, "", 0],
    [undefined, "DC", "backend", 1, "traced", 1],
    [200, 14, "backend", 1, "traced", 1],
    [200, undefined, "backend", 1, "traced", 1],
  ]);
  expect(String(records[1]?.attributes["url.path"])).toHaveLength(4096);
  expect(records[5]?.attributes["weir.route"]).toBe("split/rule");
});

test("thousands of records in one request are all there", () => {
  const records = encoded(
    ...Array.from({ length: 3000 }, (_, i) => ({ ...plain, path: `/${i}`, requestBytes: i * 1000 })),
  );
  expect(records).toHaveLength(3000);
  expect(records.every((one, i) => one.attributes["http.request.body.size"] === i * 1000)).toBe(true);
});
