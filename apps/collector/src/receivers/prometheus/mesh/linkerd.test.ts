import { afterEach, beforeEach, expect, test } from "vitest";
import { between } from "../testing/between.ts";
import { classicHistogram } from "../testing/classic-histogram.ts";
import { startTarget, type TestTarget } from "../testing/start-target.ts";

let target: TestTarget;
beforeEach(async () => {
  target = await startTarget();
});
afterEach(() => target.close());

const nothing = { requests: 0, requestBytes: 0, responseBytes: 0, seconds: 0, latencies: 0 };
const outbound =
  'direction="outbound",authority="voting-svc.emojivoto.svc.cluster.local:8080",target_addr="10.42.0.15:8080",target_ip="10.42.0.15",target_port="8080",tls="true",server_id="voting.emojivoto.serviceaccount.identity.linkerd.cluster.local",dst_control_plane_ns="linkerd",dst_deployment="voting",dst_namespace="emojivoto",dst_pod="voting-6b9b7b8d4-x2x5q",dst_pod_template_hash="6b9b7b8d4",dst_service="voting-svc",dst_serviceaccount="voting"';
const inbound =
  'direction="inbound",authority="web-svc.emojivoto:80",target_addr="10.42.0.9:8080",target_port="8080",tls="true",client_id="vote-bot.emojivoto.serviceaccount.identity.linkerd.cluster.local",srv_group="",srv_kind="default",srv_name="all-unauthenticated",route_group="",route_kind="default",route_name="default"';
const probe = inbound.replace('route_name="default"', 'route_name="probe"');
const noEndpoint = 'direction="outbound",authority="api.example.com:443",tls="no_identity"';
const bounds = [
  "1",
  "2",
  "3",
  "4",
  "5",
  "10",
  "20",
  "30",
  "40",
  "50",
  "100",
  "200",
  "300",
  "400",
  "500",
  "1000",
];
const exposition = (n: { ok: number; grpc: number; failed: number; in: number; lost: number }) =>
  [
    "# HELP request_total Total count of HTTP requests.",
    "# TYPE request_total counter",
    `request_total{${outbound}} ${n.ok + n.grpc + n.failed + 1}`,
    "# TYPE response_total counter",
    `response_total{${outbound},status_code="200",classification="success",grpc_status="0",error=""} ${n.ok}`,
    `response_total{${outbound},status_code="200",classification="failure",grpc_status="2",error=""} ${n.grpc}`,
    `response_total{${outbound},status_code="503",classification="failure",grpc_status="",error=""} ${n.failed}`,
    `response_total{${inbound},status_code="200",classification="success",grpc_status="",error=""} ${n.in}`,
    `response_total{${probe},status_code="200",classification="success",grpc_status="",error=""} ${n.in * 100}`,
    `response_total{${noEndpoint},classification="failure",grpc_status="",error="connect error"} ${n.lost}`,
    "# TYPE response_latency_ms histogram",
    classicHistogram(
      "response_latency_ms",
      `${outbound},status_code="200"`,
      bounds,
      [0, n.ok, n.grpc],
      n.ok * 2,
    ),
    classicHistogram("response_latency_ms", `${outbound},status_code="503"`, bounds, [n.failed], n.failed),
    "# TYPE process_start_time_seconds gauge",
    "process_start_time_seconds 1700000000",
    "",
  ].join("\n");
const labels = { namespace: "emojivoto", deployment: "web", pod_template_hash: "7d5f8c9b" };

test("a proxy is known by the scrape's labels, the other end by its workload", async () => {
  const { summary } = await between(
    target,
    exposition({ ok: 100, grpc: 10, failed: 1, in: 5, lost: 2 }),
    exposition({ ok: 160, grpc: 40, failed: 4, in: 9, lost: 3 }),
    { labels },
  );
  const edge = "source emojivoto/web 7d5f8c9b > emojivoto/voting 6b9b7b8d4";
  expect(summary).toEqual({
    // 60 of gRPC, and 30 that failed by their gRPC status: latencies know 200 only, and are dealt out by the requests.
    [`${edge} grpc 2xx`]: { ...nothing, requests: 60, seconds: 0.08, latencies: 60 },
    [`${edge} grpc 6xx`]: { ...nothing, requests: 30, seconds: 0.04, latencies: 30 },
    [`${edge} http 5xx`]: { ...nothing, requests: 3, seconds: 0.003, latencies: 3 },
    "destination emojivoto/vote-bot > emojivoto/web 7d5f8c9b http 2xx": { ...nothing, requests: 4 },
    "source emojivoto/web 7d5f8c9b > /api.example.com http 0xx": { ...nothing, requests: 1 },
  });
});

test("without labels of the scrape nobody knows whose proxy it is", async () => {
  const n = { ok: 1, grpc: 1, failed: 1, in: 1, lost: 1 };
  const { summary } = await between(target, exposition(n), exposition({ ...n, ok: 50 }));
  expect(summary).toEqual({});
});

test("through another Prometheus its labels are the samples' own", async () => {
  const federated = (n: number) =>
    `# TYPE response_total untyped\nresponse_total{${outbound},status_code="200",classification="success",namespace="emojivoto",deployment="web",instance="10.42.0.9:4191",job="linkerd-proxy"} ${n} 1700000000000\n`;
  const job = {
    honor_labels: true,
    metrics_path: "/federate",
    params: { "match[]": ['{job="linkerd-proxy"}'] },
  };
  const { summary } = await between(target, federated(5), federated(7), {
    job,
    labels: { namespace: "monitoring" },
  });
  expect(summary).toEqual({
    "source emojivoto/web > emojivoto/voting 6b9b7b8d4 http 2xx": { ...nothing, requests: 2 },
  });
  expect(target.requests[0]?.url).toBe("/federate?match%5B%5D=%7Bjob%3D%22linkerd-proxy%22%7D");
});
