import { expect, test } from "vitest";
import { serviceOfName } from "./service-name.ts";

test.each`
  name                                                           | service              | namespace      | version | why
  ${"reviews.default.svc.cluster.local"}                         | ${"reviews"}         | ${"default"}   | ${""}   | ${"Kubernetes"}
  ${"reviews.default.svc"}                                       | ${"reviews"}         | ${"default"}   | ${""}   | ${"Kubernetes, shorter"}
  ${"api.example.com"}                                           | ${"api.example.com"} | ${""}          | ${""}   | ${"a host of its own"}
  ${"backend"}                                                   | ${"backend"}         | ${undefined}   | ${""}   | ${"a plain name"}
  ${"service_backend"}                                           | ${"service_backend"} | ${undefined}   | ${""}   | ${"a plain name with _"}
  ${"redis_kuma-demo_svc_6379"}                                  | ${"redis"}           | ${"kuma-demo"} | ${""}   | ${"Kuma's tag"}
  ${"redis_kuma-demo_svc_6379-bb38a94289f18fb9"}                 | ${"redis"}           | ${"kuma-demo"} | ${""}   | ${"Kuma's tag, split"}
  ${"redis_kuma-demo_svc_6379-_0_"}                              | ${"redis"}           | ${"kuma-demo"} | ${""}   | ${"Kuma's tag, split of old"}
  ${"demo_redis_kuma-demo_zone-1_msvc_6379"}                     | ${"redis"}           | ${"kuma-demo"} | ${""}   | ${"Kuma's MeshService"}
  ${"default_mes-http___extsvc_9090"}                            | ${"mes-http"}        | ${""}          | ${""}   | ${"Kuma's MeshExternalService"}
  ${"kri_msvc_mesh-1_us-east-2_kuma-demo_backend_httpport"}      | ${"backend"}         | ${"kuma-demo"} | ${""}   | ${"Kuma's resource identifier"}
  ${"db.default.dc1.internal.9d2a.consul"}                       | ${"db"}              | ${"default"}   | ${""}   | ${"Consul"}
  ${"v2.db.default.dc1.internal.9d2a.consul"}                    | ${"db"}              | ${"default"}   | ${"v2"} | ${"Consul, subset"}
  ${"db.team.part1.dc1.internal-v1.9d2a.consul"}                 | ${"db"}              | ${"team"}      | ${""}   | ${"Consul, partition"}
  ${"v2.db.team.part1.dc1.internal-v1.9d2a.consul"}              | ${"db"}              | ${"team"}      | ${"v2"} | ${"Consul, partition and subset"}
  ${"78ebd528~db.default.dc1.internal.9d2a.consul"}              | ${"db"}              | ${"default"}   | ${""}   | ${"Consul, customised"}
  ${"failover-target~0~db.default.dc2.internal.9d2a.consul"}     | ${"db"}              | ${"default"}   | ${""}   | ${"Consul, failover"}
  ${"payments.default.cloud.external.1c053652-8512-4373.consul"} | ${"payments"}        | ${"default"}   | ${""}   | ${"Consul, peer"}
  ${""}                                                          | ${""}                | ${undefined}   | ${""}   | ${"nothing"}
`("$why: $name", ({ name, service, namespace, version }) => {
  expect(serviceOfName(name)).toEqual({ service, namespace, version });
});
