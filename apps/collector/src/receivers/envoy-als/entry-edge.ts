import { meshAttributes, outsideMesh, passthrough } from "@weir/domain";
import type { EdgeEnd } from "@weir/store";
import type { AccessLogCommon } from "@weir/telemetry/envoy";
import { downstreamWorkload, upstreamWorkload } from "./peer-workload.ts";
import type { ReportingNode } from "./reporting-node.ts";
import { parseUpstreamCluster, type Upstream } from "./upstream-cluster.ts";
import type { KnownWorkload } from "./workload-of-struct.ts";

/** Both ends of the edge that an entry belongs to, and which end's proxy saw it. */
export interface EntryEdge {
  readonly reporter: "source" | "destination";
  readonly source: EdgeEnd;
  readonly destination: EdgeEnd;
}

/** Headers that the logger was told to log; empty for TCP. */
export interface LoggedHeaders {
  readonly request: ReadonlyMap<string, string>;
  readonly response: ReadonlyMap<string, string>;
}

/**
 * The edge of an entry. A request for the node's own application came in: the node is its destination, and the source is
 * whoever the request or its certificate names, or outside the mesh. Any other went out: the node is its source. Custom
 * tags of the logger named like Weir's attributes (`weir.reporter`, `weir.source.service`, …) have the last word.
 */
export function entryEdge(common: AccessLogCommon, node: ReportingNode, headers: LoggedHeaders): EntryEdge {
  const upstream = parseUpstreamCluster(common.upstreamCluster);
  const edge = isInbound(common, node, upstream)
    ? inboundEdge(common, node, headers)
    : outboundEdge(common, node, upstream, headers);
  return common.customTags.size === 0 ? edge : withTags(edge, common.customTags);
}

function isInbound(common: AccessLogCommon, { address }: ReportingNode, { to }: Upstream): boolean {
  if (to === "own application") return true;
  // Nothing was chosen, so the address decides that the request was made for: the proxy's own is the application's.
  const local = common.downstreamLocalAddress?.socketAddress?.address;
  return to === "nowhere" && local !== undefined && local === address;
}

function inboundEdge(common: AccessLogCommon, node: ReportingNode, headers: LoggedHeaders): EntryEdge {
  const source = downstreamWorkload(common, headers.request);
  return {
    reporter: "destination",
    source: source ? endOf(source, node.workload.namespace) : outsideMesh,
    destination: node.workload,
  };
}

function outboundEdge(
  common: AccessLogCommon,
  node: ReportingNode,
  upstream: Upstream,
  headers: LoggedHeaders,
): EntryEdge {
  const peer = upstreamWorkload(common, headers.response);
  const name = upstream.to === "service" ? upstream.name : undefined;
  const known: KnownWorkload = {
    ...(name?.namespace === undefined ? {} : { namespace: name.namespace }),
    ...(name ? { service: name.service } : {}),
    // Only what answered knows its version, where the cluster is not a subset.
    ...peer,
    version: name?.version || peer?.version || balancedVersion(common),
  };
  return {
    reporter: "source",
    source: node.workload,
    destination: known.service ? endOf(known, node.workload.namespace) : passthrough,
  };
}

/** The version that a subset was chosen by (Envoy: load balancer subsets, metadata `envoy.lb`). */
function balancedVersion({ metadata }: AccessLogCommon): string {
  const version = metadata?.filterMetadata.get("envoy.lb")?.get("version");
  return typeof version === "string" ? version : "";
}

function endOf({ namespace, service = "", version = "" }: KnownWorkload, ownNamespace: string): EdgeEnd {
  return { namespace: namespace ?? ownNamespace, service, version };
}

function withTags(edge: EntryEdge, tags: ReadonlyMap<string, string>): EntryEdge {
  const reporter = tags.get(meshAttributes.reporter);
  return {
    reporter: reporter === "source" || reporter === "destination" ? reporter : edge.reporter,
    source: {
      namespace: tags.get(meshAttributes.sourceNamespace) ?? edge.source.namespace,
      service: tags.get(meshAttributes.sourceService) || edge.source.service,
      version: tags.get(meshAttributes.sourceVersion) ?? edge.source.version,
    },
    destination: {
      namespace: tags.get(meshAttributes.destinationNamespace) ?? edge.destination.namespace,
      service: tags.get(meshAttributes.destinationService) || edge.destination.service,
      version: tags.get(meshAttributes.destinationVersion) ?? edge.destination.version,
    },
  };
}
