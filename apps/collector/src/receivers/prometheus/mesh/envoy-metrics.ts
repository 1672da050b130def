import { passthrough } from "@weir/domain";
import type { EdgeEnd } from "@weir/store";
import { parseUpstreamCluster } from "../../envoy-als/upstream-cluster.ts";
import { firstOf, statusClassOf } from "./label-values.ts";
import type { Answer, Labels, Measure } from "./mesh-table.ts";

/**
 * Envoy's statistics of a cluster (envoyproxy.io: cluster manager, statistics): requests by code or, where codes are
 * filtered out, by class; the time to the whole answer; bytes on the wire. Data planes made of Envoy differ in their
 * labels only.
 */
export const envoyMeasures: readonly Measure[] = [
  { metric: "envoy_cluster_upstream_rq", of: "requests", rank: 0 },
  { metric: "envoy_cluster_upstream_rq_xx", of: "requests", rank: 1 },
  { metric: "envoy_cluster_upstream_rq_time", of: "duration", unit: "ms" },
  { metric: "envoy_cluster_upstream_cx_tx_bytes_total", of: "requestBytes" },
  { metric: "envoy_cluster_upstream_cx_rx_bytes_total", of: "responseBytes" },
];

/** Of meshes whose proxies count for themselves what their Envoy counts, too. */
export const betterThanEnvoy: readonly string[] = ["istio_", "envoy_appmesh_"];

/** Only the counters of requests know an answer. */
export function envoyAnswerOf(labels: Labels, { of }: Measure): Answer {
  if (of !== "requests") return {};
  const code = labels.get("envoy_response_code") ?? `${labels.get("envoy_response_code_class")}00`;
  return { protocol: "http", status: statusClassOf(code), flag: "" };
}

/** Clusters that an Envoy needs for itself, in whatever mesh. */
const ofItself =
  /^(?:local_agent|self_admin|cds_ingress_.*|agent|(?:xds|sds|ads|prometheus|zipkin|jaeger|opentelemetry|otel|access_log|kuma|plugins|meshtrace)[-_:].*|_.*)$|admin$/;

/**
 * The service behind a cluster's name. Undefined where there is none, and for the Envoy's own application: it does not
 * know who calls that, but the callers' Envoys report those requests.
 */
export function envoyDestinationOf(cluster: string, source: EdgeEnd): EdgeEnd | undefined {
  if (ofItself.test(cluster)) return undefined;
  const upstream = parseUpstreamCluster(withColons(cluster));
  if (upstream.to === "original destination") return passthrough;
  if (upstream.to !== "service") return undefined;
  const { service, version, namespace = source.namespace } = upstream.name;
  return { namespace, service, version };
}

/** In the names of statistics `_` stands for `:`, as in Kuma's `localhost_8080` and `inbound_passthrough_ipv4`. */
function withColons(cluster: string): string {
  return cluster
    .replace(/^localhost_(?=\d+$)/, "localhost:")
    .replace(/^(inbound|outbound)_passthrough_/, "$1:passthrough:");
}

/** Whose Envoy it is, as the labels of the scrape tell: at the least its job. */
export function envoySourceOf(labels: Labels): EdgeEnd {
  return {
    namespace: firstOf(labels, "namespace", "kubernetes_namespace"),
    service: firstOf(labels, "service", "service_name", "app", "job"),
    version: firstOf(labels, "version"),
  };
}
