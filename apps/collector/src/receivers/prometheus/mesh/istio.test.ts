import { histogramCount, quantile } from "@weir/domain";
import { afterEach, beforeEach, expect, test } from "vitest";
import { SourceReports } from "../edges/source-reports.ts";
import { between } from "../testing/between.ts";
import { classicHistogram } from "../testing/classic-histogram.ts";
import { startTarget, type TestTarget } from "../testing/start-target.ts";

let target: TestTarget;
beforeEach(async () => {
  target = await startTarget();
});
afterEach(() => target.close());

const nothing = { requests: 0, requestBytes: 0, responseBytes: 0, seconds: 0, latencies: 0 };
/** As a sidecar on 15020 and Istio 1.20 write it, but for some labels in the middle. */
const labels = (change: Record<string, string>): string =>
  Object.entries({
    reporter: "source",
    source_workload: "productpage-v1",
    source_canonical_service: "productpage",
    source_canonical_revision: "v1",
    source_workload_namespace: "bookinfo",
    source_principal: "spiffe://cluster.local/ns/bookinfo/sa/bookinfo-productpage",
    source_app: "productpage",
    source_version: "v1",
    source_cluster: "Kubernetes",
    destination_workload: "reviews-v3",
    destination_workload_namespace: "bookinfo",
    destination_principal: "spiffe://cluster.local/ns/bookinfo/sa/bookinfo-reviews",
    destination_app: "reviews",
    destination_version: "v3",
    destination_service: "reviews.bookinfo.svc.cluster.local",
    destination_canonical_service: "reviews",
    destination_canonical_revision: "v3",
    destination_service_name: "reviews",
    destination_service_namespace: "bookinfo",
    destination_cluster: "Kubernetes",
    request_protocol: "http",
    response_code: "200",
    grpc_response_status: "",
    response_flags: "-",
    connection_security_policy: "unknown",
    ...change,
  })
    .map(([name, value]) => `${name}="${value}"`)
    .join(",");
const bounds = [
  "0.5",
  "1",
  "5",
  "10",
  "25",
  "50",
  "100",
  "250",
  "500",
  "1000",
  "2500",
  "5000",
  "10000",
  "30000",
];
const http = (n: {
  ok: number;
  failed: number;
  grpc: number;
  outside: number;
  passed: number;
  retries: number;
}) => {
  const noEndpoint = {
    destination_workload: "unknown",
    destination_workload_namespace: "unknown",
    destination_app: "unknown",
    destination_canonical_service: "unknown",
    destination_canonical_revision: "latest",
    destination_version: "unknown",
    response_code: "503",
    response_flags: "UH",
  };
  const grpc = { request_protocol: "grpc", grpc_response_status: "14" };
  const outside = {
    reporter: "destination",
    source_workload: "unknown",
    source_canonical_service: "unknown",
    source_canonical_revision: "latest",
    source_workload_namespace: "unknown",
    source_app: "unknown",
    source_version: "unknown",
    connection_security_policy: "none",
  };
  const external = {
    ...noEndpoint,
    destination_service: "api.example.com",
    destination_service_name: "PassthroughCluster",
    destination_service_namespace: "unknown",
    response_code: "200",
    response_flags: "-",
  };
  const flags = { response_code: "503", response_flags: "UF,URX" };
  return [
    "# TYPE istio_build gauge",
    'istio_build{component="proxy",tag="1.20.2"} 1',
    "# TYPE istio_requests_total counter",
    `istio_requests_total{${labels({})}} ${n.ok}`,
    `istio_requests_total{${labels(noEndpoint)}} ${n.failed}`,
    `istio_requests_total{${labels(grpc)}} ${n.grpc}`,
    `istio_requests_total{${labels(outside)}} ${n.outside}`,
    `istio_requests_total{${labels(external)}} ${n.passed}`,
    `istio_requests_total{${labels(flags)}} ${n.retries}`,
    "# TYPE istio_request_duration_milliseconds histogram",
    classicHistogram("istio_request_duration_milliseconds", labels({}), bounds, [0, 0, 0, n.ok], n.ok * 7),
    "# TYPE istio_request_bytes histogram",
    classicHistogram("istio_request_bytes", labels({}), ["100", "1000"], [0, n.ok], n.ok * 300),
    "# TYPE istio_response_bytes histogram",
    classicHistogram("istio_response_bytes", labels({}), ["100", "1000"], [0, 0, n.ok], n.ok * 2000),
  ].join("\n");
};
const zero = { ok: 0, failed: 0, grpc: 0, outside: 0, passed: 0, retries: 0 };

test("edges have source, destination, version, status, flag and latency", async () => {
  const first = { ok: 1000, failed: 5, grpc: 7, outside: 9, passed: 11, retries: 13 };
  const { summary, edges } = await between(
    target,
    http(first),
    http({ ok: 1100, failed: 6, grpc: 9, outside: 12, passed: 15, retries: 18 }),
  );
  expect(summary).toEqual({
    "source bookinfo/productpage v1 > bookinfo/reviews v3 http 2xx": {
      requests: 100,
      requestBytes: 30_000,
      responseBytes: 200_000,
      seconds: 0.7,
      latencies: 100,
    },
    "source bookinfo/productpage v1 > bookinfo/reviews http 5xx UH": { ...nothing, requests: 1 },
    "source bookinfo/productpage v1 > bookinfo/reviews v3 grpc 6xx": { ...nothing, requests: 2 },
    "destination /outside > bookinfo/reviews v3 http 2xx": { ...nothing, requests: 3 },
    "source bookinfo/productpage v1 > /passthrough http 2xx": { ...nothing, requests: 4 },
    "source bookinfo/productpage v1 > bookinfo/reviews v3 http 5xx UF": { ...nothing, requests: 5 },
  });
  const [known] = edges.filter(({ histogram }) => histogram.counts.length > 0);
  // All of them in the bucket of 5 to 10 ms.
  const percentiles = [0.001, 0.5, 0.999].map(
    (q) => quantile(known?.histogram ?? { indexes: [], counts: [] }, q) ?? 0,
  );
  for (const seconds of percentiles) {
    expect(seconds).toBeGreaterThan(0.005 / 1.022);
    expect(seconds).toBeLessThan(0.01 * 1.022);
  }
});

test("without the histogram requests count, without the counter the histogram's", async () => {
  const only = (pattern: RegExp, n: number) =>
    http({ ...zero, ok: n })
      .split("\n")
      .filter((line) => pattern.test(line))
      .join("\n")
      .concat("\n");
  const edge = "source bookinfo/productpage v1 > bookinfo/reviews v3 http 2xx";
  const counted = await between(target, only(/^istio_requests/, 5), only(/^istio_requests/, 8));
  expect(counted.summary).toEqual({ [edge]: { ...nothing, requests: 3 } });
  const timed = await between(target, only(/^istio_request_duration/, 5), only(/^istio_request_duration/, 8));
  expect(timed.summary).toEqual({ [edge]: { ...nothing, requests: 3, seconds: 0.021, latencies: 3 } });
});

test("connections of TCP count as they close, their bytes as they flow", async () => {
  const tcp = (closed: number, broken: number, sent: number) =>
    [
      `istio_tcp_connections_opened_total{${labels({ request_protocol: "tcp", response_code: "" })}} ${closed + 5}`,
      `istio_tcp_connections_closed_total{${labels({ request_protocol: "tcp" })}} ${closed}`,
      `istio_tcp_connections_closed_total{${labels({ request_protocol: "tcp", response_flags: "UF" })}} ${broken}`,
      `istio_tcp_sent_bytes_total{${labels({ request_protocol: "tcp" })}} ${sent}`,
      `istio_tcp_received_bytes_total{${labels({ request_protocol: "tcp" })}} ${sent * 2}\n`,
    ].join("\n");
  const { summary } = await between(target, tcp(1, 0, 100), tcp(4, 1, 1100));
  const edge = "source bookinfo/productpage v1 > bookinfo/reviews v3 tcp";
  expect(summary).toEqual({
    [`${edge} 2xx`]: { ...nothing, requests: 3, requestBytes: 2000, responseBytes: 1000 },
    [`${edge} 0xx UF`]: { ...nothing, requests: 1 },
  });
});

test("how connections were secured tells requests apart, with latencies of their own", async () => {
  const secured = (n: number, security: string) => {
    const own = labels({ reporter: "destination", connection_security_policy: security });
    const name = "istio_request_duration_milliseconds";
    return `istio_requests_total{${own}} ${n}\n${classicHistogram(name, own, bounds, [0, 0, 0, n], n)}\n`;
  };
  const exposition = (n: number) => secured(9 * n, "mutual_tls") + secured(n, "none") + secured(n, "unknown");
  const { edges } = await between(target, exposition(1), exposition(2));
  const told = edges.map(({ security, requests, histogram }) => [
    security,
    requests,
    histogramCount(histogram),
  ]);
  expect(told).toEqual([
    ["mutual_tls", 9, 9],
    ["none", 1, 1],
    [undefined, 1, 1],
  ]);
});

test("what its Envoy counts of the same requests does not count again", async () => {
  const envoy = (n: number) =>
    `${http({ ...zero, ok: n })}envoy_cluster_upstream_rq{envoy_response_code="200",envoy_cluster_name="outbound|9080||reviews.bookinfo.svc.cluster.local"} ${n}\n`;
  const { summary } = await between(target, envoy(1), envoy(4));
  expect(Object.values(summary).map(({ requests }) => requests)).toEqual([3]);
});

test("a waypoint's report stands in for the source's where there is none", async () => {
  const waypoint = (n: number) => `istio_requests_total{${labels({ reporter: "waypoint" })}} ${n}\n`;
  const shared = { sourceReports: new SourceReports() };
  const alone = await between(target, waypoint(1), waypoint(3), shared);
  expect(Object.keys(alone.summary)).toEqual([expect.stringMatching(/^source /)]);
  const both = (n: number) => `${waypoint(n)}istio_requests_total{${labels({})}} ${n}\n`;
  const { summary } = await between(target, both(1), both(3), shared);
  expect(Object.entries(summary).map(([key, { requests }]) => [key.split(" ")[0], requests])).toEqual([
    ["source", 2],
    ["destination", 2],
  ]);
});

test("a ztunnel's connections do not stand for the requests that a waypoint counts", async () => {
  const ambient = (n: number) =>
    [
      `istio_tcp_connections_closed_total{${labels({ request_protocol: "tcp" })}} ${n}`,
      `istio_requests_total{${labels({ reporter: "waypoint" })}} ${n * 10}\n`,
    ].join("\n");
  const { summary } = await between(target, ambient(1), ambient(3));
  expect(Object.entries(summary).map(([key, { requests }]) => [key, requests])).toEqual([
    ["source bookinfo/productpage v1 > bookinfo/reviews v3 tcp 2xx", 2],
    ["source bookinfo/productpage v1 > bookinfo/reviews v3 http 2xx", 20],
  ]);
});
