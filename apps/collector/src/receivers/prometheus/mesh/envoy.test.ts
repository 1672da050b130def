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
const bounds = ["0.5", "1", "5", "10", "25", "50", "100", "250", "500", "1000", "2500", "5000", "10000"];
const cluster = (
  labels: string,
  n: { ok: number; failed: number; bytes?: number },
  counters: "code" | "class" | "both" = "both",
) => {
  const { ok, failed, bytes = 0 } = n;
  const byCode = [
    `envoy_cluster_upstream_rq{envoy_response_code="200",${labels}} ${ok - 1}`,
    `envoy_cluster_upstream_rq{envoy_response_code="201",${labels}} 1`,
    `envoy_cluster_upstream_rq{envoy_response_code="503",${labels}} ${failed}`,
  ];
  const byClass = [
    `envoy_cluster_upstream_rq_xx{envoy_response_code_class="2",${labels}} ${ok}`,
    `envoy_cluster_upstream_rq_xx{envoy_response_code_class="5",${labels}} ${failed}`,
  ];
  return [
    ...(counters === "class" ? [] : byCode),
    ...(counters === "code" ? [] : byClass),
    `envoy_cluster_upstream_rq_total{${labels}} ${ok + failed}`,
    `envoy_cluster_upstream_cx_tx_bytes_total{${labels}} ${bytes}`,
    `envoy_cluster_upstream_cx_rx_bytes_total{${labels}} ${bytes * 2}`,
    classicHistogram(
      "envoy_cluster_upstream_rq_time",
      labels,
      bounds,
      [0, 0, 0, 0, ok + failed],
      (ok + failed) * 20,
    ),
  ].join("\n");
};

test.each(["code", "class", "both"] as const)("Consul, counters by %s", async (counters) => {
  const labels =
    'local_cluster="web",consul_source_service="web",consul_source_namespace="default",consul_source_datacenter="dc1",consul_destination_service="api",consul_destination_service_subset="v2",consul_destination_namespace="default",consul_destination_datacenter="dc1",consul_destination_full_target="v2.api.default.dc1.internal.b1c2.consul",envoy_cluster_name="v2.api.default.dc1.internal.b1c2.consul"';
  const local = 'local_cluster="web",consul_source_service="web",envoy_cluster_name="local_app"';
  const all = (n: { ok: number; failed: number; bytes: number }) =>
    cluster(labels, n, counters) + cluster(local, n, counters);
  const { summary } = await between(
    target,
    all({ ok: 10, failed: 2, bytes: 1000 }),
    all({ ok: 16, failed: 4, bytes: 1800 }),
  );
  expect(summary).toEqual({
    "source default/web > default/api v2 http 2xx": {
      requests: 6,
      requestBytes: 600,
      responseBytes: 1200,
      seconds: 0.12,
      latencies: 6,
    },
    "source default/web > default/api v2 http 5xx": {
      requests: 2,
      requestBytes: 200,
      responseBytes: 400,
      seconds: 0.04,
      latencies: 2,
    },
  });
});

test("Kuma", async () => {
  const labels = {
    kuma_io_service: "demo-app_kuma-demo_svc_5000",
    kuma_io_zone: "default",
    mesh: "default",
    dataplane: "demo-app-7d5f.kuma-demo",
    version: "v1",
  };
  const all = (n: { ok: number; failed: number }) =>
    [
      "backend_kuma-demo_svc_3001",
      "redis_kuma-demo_svc_6379-26cb64fa4e85e7b7",
      "localhost_5000",
      "kuma_envoy_admin",
      "ads_cluster",
      "access_log_sink",
      "inbound_passthrough_ipv4",
    ]
      .map((name) => cluster(`envoy_cluster_name="${name}"`, n, "code"))
      .join("");
  const { summary } = await between(target, all({ ok: 2, failed: 0 }), all({ ok: 5, failed: 1 }), { labels });
  const requests = Object.entries(summary).map(([key, own]) => [key, own.requests]);
  expect(requests).toEqual([
    ["source kuma-demo/demo-app v1 > kuma-demo/backend http 2xx", 3],
    ["source kuma-demo/demo-app v1 > kuma-demo/backend http 5xx", 1],
    ["source kuma-demo/demo-app v1 > kuma-demo/redis http 2xx", 3],
    ["source kuma-demo/demo-app v1 > kuma-demo/redis http 5xx", 1],
  ]);
});

test("an Envoy of no mesh is who the scrape says it is", async () => {
  const names = [
    "reviews",
    "outbound|9080|v2|ratings.shop.svc.cluster.local",
    "xds_cluster",
    "prometheus_stats",
  ];
  const all = (n: { ok: number; failed: number }) =>
    names.map((name) => cluster(`envoy_cluster_name="${name}"`, n, "class")).join("");
  const labels = { service: "edge", namespace: "shop", version: "v9" };
  const { summary } = await between(target, all({ ok: 2, failed: 0 }), all({ ok: 5, failed: 0 }), { labels });
  expect(Object.keys(summary)).toEqual([
    "source shop/edge v9 > shop/reviews http 2xx",
    "source shop/edge v9 > shop/ratings v2 http 2xx",
  ]);
});

test("bytes of a cluster that carries no requests are those of connections", async () => {
  const redis = (bytes: number) =>
    `envoy_cluster_upstream_cx_tx_bytes_total{envoy_cluster_name="redis"} ${bytes}\n`;
  const { summary } = await between(target, redis(5), redis(105), { labels: { service: "cart" } });
  expect(summary).toEqual({ "source /cart > /redis tcp 2xx": { ...nothing, requestBytes: 100 } });
});

test("App Mesh counts by its own metrics, not by its Envoy's", async () => {
  const labels =
    'Mesh="colors",VirtualNode="front_shop",TargetVirtualService="colorteller.shop.svc.cluster.local",TargetVirtualNode="colorteller-blue_shop"';
  const exposition = (n: number) =>
    [
      `envoy_appmesh_HTTPCode_Target_2XX_Count{${labels}} ${n}`,
      `envoy_appmesh_HTTPCode_Target_5XX_Count{${labels}} ${n}`,
      `envoy_appmesh_RequestCountPerTarget{${labels}} ${n * 2}`,
      classicHistogram("envoy_appmesh_TargetResponseTime", labels, bounds, [0, n * 2], n * 2),
      cluster('envoy_cluster_name="cds_egress_colors_colorteller-blue_shop_http_9080"', {
        ok: n,
        failed: 0,
      }),
    ].join("\n");
  const { summary } = await between(target, exposition(2), exposition(5));
  expect(summary).toEqual({
    "source shop/front > shop/colorteller colorteller-blue http 2xx": {
      ...{ ...nothing, requests: 3, latencies: 3 },
      seconds: 0.003,
    },
    "source shop/front > shop/colorteller colorteller-blue http 5xx": {
      ...{ ...nothing, requests: 3, latencies: 3 },
      seconds: 0.003,
    },
  });
});
