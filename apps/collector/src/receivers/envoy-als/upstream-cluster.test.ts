import { expect, test } from "vitest";
import { parseUpstreamCluster } from "./upstream-cluster.ts";

test.each`
  cluster                                                 | service          | namespace      | version
  ${"outbound|9080|v2|reviews.shop.svc.cluster.local"}    | ${"reviews"}     | ${"shop"}      | ${"v2"}
  ${"outbound|9080||reviews.shop.svc.cluster.local"}      | ${"reviews"}     | ${"shop"}      | ${""}
  ${"outbound_.9080_.v2_.reviews.shop.svc.cluster.local"} | ${"reviews"}     | ${"shop"}      | ${"v2"}
  ${"outbound_.9080_._.reviews.shop.svc.cluster.local"}   | ${"reviews"}     | ${"shop"}      | ${""}
  ${"outbound|443||httpbin.org"}                          | ${"httpbin.org"} | ${""}          | ${""}
  ${"redis_kuma-demo_svc_6379"}                           | ${"redis"}       | ${"kuma-demo"} | ${""}
  ${"v2.db.default.dc1.internal.9d2a.consul"}             | ${"db"}          | ${"default"}   | ${"v2"}
  ${"backend"}                                            | ${"backend"}     | ${undefined}   | ${""}
`("$cluster leads to $service", ({ cluster, service, namespace, version }) => {
  expect(parseUpstreamCluster(cluster)).toEqual({ to: "service", name: { service, namespace, version } });
});

test.each`
  cluster                            | to                        | whose
  ${"inbound|9080||"}                | ${"own application"}      | ${"Istio"}
  ${"inbound|9080|http|a.b.svc.c"}   | ${"own application"}      | ${"Istio of old"}
  ${"InboundPassthroughCluster"}     | ${"own application"}      | ${"Istio"}
  ${"InboundPassthroughClusterIpv4"} | ${"own application"}      | ${"Istio"}
  ${"localhost:8080"}                | ${"own application"}      | ${"Kuma"}
  ${"self_inbound_dp_8080"}          | ${"own application"}      | ${"Kuma"}
  ${"inbound:passthrough:ipv4"}      | ${"own application"}      | ${"Kuma"}
  ${"local_app"}                     | ${"own application"}      | ${"Consul"}
  ${"exposed_cluster_8080"}          | ${"own application"}      | ${"Consul"}
  ${"local_service"}                 | ${"own application"}      | ${"Envoy's examples"}
  ${"PassthroughCluster"}            | ${"original destination"} | ${"Istio"}
  ${"BlackHoleCluster"}              | ${"original destination"} | ${"Istio"}
  ${"original-destination"}          | ${"original destination"} | ${"Consul"}
  ${"outbound:passthrough:ipv6"}     | ${"original destination"} | ${"Kuma"}
  ${""}                              | ${"nowhere"}              | ${"no route"}
`("$cluster ($whose) leads to $to", ({ cluster, to }) => {
  expect(parseUpstreamCluster(cluster)).toEqual({ to });
});
