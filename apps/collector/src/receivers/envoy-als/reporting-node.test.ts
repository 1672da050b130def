import { expect, test } from "vitest";
import { reportingNode } from "./reporting-node.ts";
import { structOf } from "./testing/struct-of.ts";

const canonical = {
  "service.istio.io/canonical-name": "reviews",
  "service.istio.io/canonical-revision": "v2",
  app: "other",
  version: "other",
};
const istio = "sidecar~10.4.0.7~reviews-v2-7d9.shop~shop.svc.cluster.local";
const gateway = "router~10.4.0.8~ingress-5f.istio-system~istio-system.svc.cluster.local";

test.each`
  id                      | cluster                          | metadata                                                     | service              | namespace         | version | why
  ${istio}                | ${"reviews.shop"}                | ${{ NAMESPACE: "shop", LABELS: canonical }}                  | ${"reviews"}         | ${"shop"}         | ${"v2"} | ${"Istio, by labels"}
  ${istio}                | ${"reviews.shop"}                | ${{ CANONICAL_TELEMETRY_SERVICE: "rev", LABELS: canonical }} | ${"rev"}             | ${"shop"}         | ${"v2"} | ${"Istio, by its telemetry service"}
  ${istio}                | ${"reviews.shop"}                | ${{ LABELS: { app: "reviews", version: "v3" } }}             | ${"reviews"}         | ${"shop"}         | ${"v3"} | ${"Istio, by the app label"}
  ${istio}                | ${"x"}                           | ${{ WORKLOAD_NAME: "reviews-v2" }}                           | ${"reviews-v2"}      | ${"shop"}         | ${""}   | ${"Istio, by the workload"}
  ${istio}                | ${"reviews.shop"}                | ${{}}                                                        | ${"reviews"}         | ${"shop"}         | ${""}   | ${"Istio, without metadata"}
  ${istio}                | ${""}                            | ${{}}                                                        | ${"reviews-v2-7d9"}  | ${"shop"}         | ${""}   | ${"Istio, by the pod alone"}
  ${gateway}              | ${"ingress.istio-system"}        | ${{ NAMESPACE: "istio-system" }}                             | ${"ingress"}         | ${"istio-system"} | ${""}   | ${"Istio's gateway"}
  ${"default.demo-app-1"} | ${"demo-app_kuma-demo_svc_5000"} | ${{}}                                                        | ${"demo-app"}        | ${"kuma-demo"}    | ${""}   | ${"Kuma on Kubernetes"}
  ${"default.backend-01"} | ${"backend"}                     | ${{}}                                                        | ${"backend"}         | ${""}             | ${""}   | ${"Kuma elsewhere"}
  ${"web-sidecar-proxy"}  | ${"web"}                         | ${{ namespace: "default", partition: "default" }}            | ${"web"}             | ${"default"}      | ${""}   | ${"Consul"}
  ${"node-1"}             | ${"front"}                       | ${{}}                                                        | ${"front"}           | ${""}             | ${""}   | ${"Envoy"}
  ${"node-1"}             | ${""}                            | ${{}}                                                        | ${"node-1"}          | ${""}             | ${""}   | ${"Envoy, by its id"}
  ${""}                   | ${""}                            | ${{ LABELS: "no labels", NAMESPACE: 7 }}                     | ${"unknown_service"} | ${""}             | ${""}   | ${"nobody"}
`("$why", ({ id, cluster, metadata, service, namespace, version }) => {
  const node = reportingNode({ id, cluster, metadata: structOf(metadata), locality: undefined });
  expect(node.workload).toEqual({ service, namespace, version });
  expect(node.address).toBe(id === istio ? "10.4.0.7" : id === gateway ? "10.4.0.8" : undefined);
});

test("names are cut: they stand in every record that the stream sends", () => {
  const long = "n".repeat(4_000_000);
  const { id, workload } = reportingNode({
    id: long,
    cluster: long,
    metadata: structOf({}),
    locality: undefined,
  });
  expect([id.length, workload.service.length]).toEqual([255, 255]);
});
