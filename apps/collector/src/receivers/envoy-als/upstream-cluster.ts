import { type ServiceName, serviceOfName } from "./service-name.ts";

/** Where the cluster that took a request leads. */
export type Upstream =
  /** To the application that the proxy stands beside. */
  | { readonly to: "own application" }
  | { readonly to: "service"; readonly name: ServiceName }
  /** To wherever the caller was going, which the mesh does not know. */
  | { readonly to: "original destination" }
  /** No cluster was chosen. */
  | { readonly to: "nowhere" };

/** Istio: `outbound|9080|v1|reviews.default.svc.cluster.local`. */
const istio = /^(inbound|outbound)\|\d*\|([^|]*)\|(.*)$/;
/** The same where it has to be a DNS name: `outbound_.9080_.v1_.reviews.default.svc.cluster.local`. */
const istioSni = /^(inbound|outbound)_\.\d+_\.([^|]*?)_\.(.+)$/;

/**
 * Clusters that lead to the proxy's own application: Kuma's `localhost:<port>` and `self_inbound_…`, Consul's `local_app`
 * and exposed paths, Istio's inbound passthrough, and `local_service` of Envoy's own examples.
 */
const ownApplication =
  /^(localhost:\d+|self_inbound_.*|local_app|local_service|exposed_cluster_\d+|InboundPassthroughCluster.*|inbound:passthrough:.*)$/;

/** Istio's, Consul's and Kuma's clusters for traffic that they do not know. */
const originalDestination =
  /^(PassthroughCluster.*|BlackHoleCluster.*|original-destination|passthrough~.*|outbound:passthrough:.*|meshpassthrough_.*)$/;

/** Reads `AccessLogCommon.upstream_cluster`. */
export function parseUpstreamCluster(cluster: string): Upstream {
  if (cluster === "") return { to: "nowhere" };
  const [, direction, subset = "", host = ""] = istio.exec(cluster) ?? istioSni.exec(cluster) ?? [];
  if (direction === "inbound" || ownApplication.test(cluster)) return { to: "own application" };
  if (originalDestination.test(cluster)) return { to: "original destination" };
  if (direction === "outbound" && host !== "")
    return { to: "service", name: { ...serviceOfName(host), version: subset } };
  return { to: "service", name: serviceOfName(cluster) };
}
