import { encodeStruct } from "@weir/telemetry/envoy";
import { describe, expect, test } from "vitest";
import { type EntryEdge, entryEdge } from "./entry-edge.ts";
import type { ReportingNode } from "./reporting-node.ts";
import { httpEntry } from "./testing/entries.ts";
import { structOf } from "./testing/struct-of.ts";

const node: ReportingNode = {
  id: "sidecar~10.4.0.7~web-1.shop~shop.svc.cluster.local",
  address: "10.4.0.7",
  workload: { namespace: "shop", service: "web", version: "v1" },
};
const reviews = "outbound|9080||reviews.other.svc.cluster.local";
const typeUrl = "type.googleapis.com/google.protobuf.Struct";
const peer = (fields: Parameters<typeof structOf>[0]) => ({ typeUrl, value: encodeStruct(structOf(fields)) });
const newPeer = peer({ namespace: "other", service: "reviews", revision: "v2", workload: "reviews-v2" });
const oldPeer = peer({
  NAMESPACE: "other",
  WORKLOAD_NAME: "reviews-v2",
  LABELS: { "service.istio.io/canonical-name": "reviews", "service.istio.io/canonical-revision": "v2" },
});

interface Said {
  readonly common?: object;
  readonly request?: Record<string, string>;
  readonly response?: Record<string, string>;
}

function edgeOf({ common = {}, request = {}, response = {} }: Said, of: ReportingNode = node): EntryEdge {
  const { commonProperties } = httpEntry({ commonProperties: common });
  if (!commonProperties) throw new Error("no common properties came back");
  return entryEdge(commonProperties, of, {
    request: new Map(Object.entries(request)),
    response: new Map(Object.entries(response)),
  });
}

const text = ({ namespace, service, version }: EntryEdge["source"]) => `${namespace}/${service}/${version}`;

describe("a request that went out", () => {
  const said = (upstreamCluster: string, more: object = {}): Said => ({
    common: { upstreamCluster, ...more },
  });

  test.each`
    given                                                                                                    | destination            | why
    ${said(reviews)}                                                                                         | ${"other/reviews/"}    | ${"Istio's cluster"}
    ${said("outbound|9080|v3|reviews.other.svc.cluster.local")}                                              | ${"other/reviews/v3"}  | ${"Istio's cluster with a subset"}
    ${said(reviews, { filterStateObjects: new Map([["upstream_peer", newPeer]]) })}                          | ${"other/reviews/v2"}  | ${"the peer's revision, as Istio says it now"}
    ${said(reviews, { filterStateObjects: new Map([["upstream_peer", oldPeer]]) })}                          | ${"other/reviews/v2"}  | ${"the peer's revision, as Istio said it"}
    ${said(reviews, { filterStateObjects: new Map([["upstream_peer_obj", newPeer]]) })}                      | ${"other/reviews/v2"}  | ${"the peer's revision, under its other key"}
    ${said(reviews, { filterStateObjects: new Map([["downstream_peer", newPeer]]) })}                        | ${"other/reviews/"}    | ${"the other peer does not count"}
    ${said("PassthroughCluster", { filterStateObjects: new Map([["upstream_peer", newPeer]]) })}             | ${"other/reviews/v2"}  | ${"a peer that no cluster named"}
    ${said(reviews, { metadata: { filterMetadata: new Map([["envoy.lb", structOf({ version: "v4" })]]) } })} | ${"other/reviews/v4"}  | ${"the subset that was balanced over"}
    ${said("backend")}                                                                                       | ${"shop/backend/"}     | ${"a plain name is of the caller's namespace"}
    ${said("api.example.com")}                                                                               | ${"/api.example.com/"} | ${"a host is of none"}
    ${said("db.default.dc1.internal.9d2a.consul")}                                                           | ${"default/db/"}       | ${"Consul"}
    ${said("redis_kuma-demo_svc_6379")}                                                                      | ${"kuma-demo/redis/"}  | ${"Kuma"}
    ${said("PassthroughCluster")}                                                                            | ${"/passthrough/"}     | ${"where the mesh does not know"}
    ${said("")}                                                                                              | ${"/passthrough/"}     | ${"no route"}
    ${said("", { downstreamLocalAddress: { socketAddress: { address: "10.4.0.9" } } })}                      | ${"/passthrough/"}     | ${"no route, made for another address"}
  `("$why: $destination", ({ given, destination }) => {
    const edge = edgeOf(given);
    expect([edge.reporter, text(edge.source), text(edge.destination)]).toEqual([
      "source",
      "shop/web/v1",
      destination,
    ]);
  });

  test("Istio's metadata exchange may be a header", () => {
    const response = { "x-envoy-peer-metadata": Buffer.from(oldPeer.value).toString("base64") };
    expect(text(edgeOf({ common: { upstreamCluster: reviews }, response }).destination)).toBe(
      "other/reviews/v2",
    );
  });
});

describe("a request that came in", () => {
  const upstreamCluster = "inbound|8080||";
  const certificate = (...uris: string[]) => ({
    upstreamCluster,
    tlsProperties: { peerCertificateProperties: { subjectAltName: uris.map((uri) => ({ uri })) } },
  });
  const caller = { "x-envoy-downstream-service-cluster": "front" };
  const metadata = { "x-envoy-peer-metadata": Buffer.from(oldPeer.value).toString("base64") };

  test.each`
    given                                                                                                      | source                   | why
    ${{ common: { upstreamCluster } }}                                                                         | ${"/outside/"}           | ${"nobody said who"}
    ${{ common: { upstreamCluster, filterStateObjects: new Map([["downstream_peer", newPeer]]) } }}            | ${"other/reviews/v2"}    | ${"Istio's peer"}
    ${{ common: { upstreamCluster, filterStateObjects: new Map([["downstream_peer", { typeUrl: "x/y" }]]) } }} | ${"/outside/"}           | ${"an object of another type"}
    ${{ common: { upstreamCluster }, request: metadata }}                                                      | ${"other/reviews/v2"}    | ${"Istio's header"}
    ${{ common: { upstreamCluster }, request: { "x-envoy-peer-metadata": "c2hvcnQ=" } }}                       | ${"/outside/"}           | ${"a header that is none"}
    ${{ common: { upstreamCluster }, request: caller }}                                                        | ${"shop/front/"}         | ${"Envoy's header"}
    ${{ common: certificate("spiffe://cluster.local/ns/other/sa/reviews") }}                                   | ${"other/reviews/"}      | ${"Istio's certificate"}
    ${{ common: certificate("spiffe://9d2a.consul/ns/default/dc/dc1/svc/api") }}                               | ${"default/api/"}        | ${"Consul's certificate"}
    ${{ common: certificate("spiffe://9d2a.consul/ap/p1/ns/team/dc/dc1/svc/api") }}                            | ${"team/api/"}           | ${"Consul's certificate of a partition"}
    ${{ common: certificate("kuma://version/v1", "spiffe://default/demo-app_kuma-demo_svc_5000") }}            | ${"kuma-demo/demo-app/"} | ${"Kuma's certificate"}
    ${{ common: certificate("spiffe://x/gateway/mesh/dc/dc1") }}                                               | ${"/outside/"}           | ${"a certificate of no service"}
    ${{ common: certificate("https://x/y") }}                                                                  | ${"/outside/"}           | ${"a certificate without a SPIFFE id"}
    ${{ common: { downstreamLocalAddress: { socketAddress: { address: "10.4.0.7" } } } }}                      | ${"/outside/"}           | ${"no route, but made for this proxy's address"}
  `("$why: $source", ({ given, source }) => {
    const edge = edgeOf(given);
    expect([edge.reporter, text(edge.source), text(edge.destination)]).toEqual([
      "destination",
      source,
      "shop/web/v1",
    ]);
  });
});

test("custom tags of the logger have the last word", () => {
  const customTags = new Map([
    ["weir.reporter", "destination"],
    ["weir.source.service", "mobile"],
    ["weir.source.namespace", ""],
    ["weir.destination.version", "blue"],
    ["weir.destination.service", ""],
    ["other", "x"],
  ]);
  const edge = edgeOf({ common: { upstreamCluster: "backend", customTags } });
  expect([edge.reporter, text(edge.source), text(edge.destination)]).toEqual([
    "destination",
    "/mobile/v1",
    "shop/backend/blue",
  ]);
  const odd = edgeOf({
    common: { upstreamCluster: "backend", customTags: new Map([["weir.reporter", "me"]]) },
  });
  expect(odd.reporter).toBe("source");
});
