import { outsideMesh } from "@weir/domain";
import type { EdgeEnd } from "@weir/store";
import { serviceOfName } from "../../envoy-als/service-name.ts";
import { answerOf, firstOf, statusClassOf } from "./label-values.ts";
import type { Answer, EdgeReport, Labels, MeshTable } from "./mesh-table.ts";

/** Kinds of workload, as labels of a scraped pod; with `dst_` before them, of where it sends to. */
const workloads = [
  "deployment",
  "statefulset",
  "daemonset",
  "replicationcontroller",
  "replicaset",
  "k8s_job",
];
const destinations = workloads.map((kind) => `dst_${kind}`);

/** Linkerd's own port for metrics and probes. */
const adminPort = "4191";

/**
 * linkerd-proxy's metrics (linkerd.io: reference, proxy metrics). A proxy does not say whose it is: that are the labels
 * of the scrape, `namespace` and `deployment`. Both ends go by their workload. `request_total` counts requests as they
 * begin, `response_total` as they end, and only the latter knows how; latencies are to the first byte.
 */
export const linkerd: MeshTable = {
  name: "linkerd",
  measures: [
    { metric: "response_total", of: "requests" },
    { metric: "response_latency_ms", of: "duration", unit: "ms" },
  ],
  reportOf(labels, { of }) {
    const self = selfOf(labels);
    if (self.service === "") return undefined;
    const status = labels.get("status_code") ?? "";
    const answer =
      of === "duration"
        ? { status: statusClassOf(status) }
        : answerOf(status, labels.get("grpc_status") ?? labels.get("grpc_status_code") ?? "");
    const ends = labels.get("direction") === "outbound" ? outbound(labels, self) : inbound(labels, self);
    return ends && { ...ends, answer: { ...answer, security: securities[labels.get("tls") ?? ""] } };
  },
};

/** Linkerd's TLS always has both ends' certificates; without an identity there is none. */
const securities: Readonly<Record<string, Answer["security"]>> = {
  ...{ true: "mutual_tls", no_identity: "none", disabled: "none" },
};

type Ends = Pick<EdgeReport, "reporter" | "source" | "destination">;

function selfOf(labels: Labels): EdgeEnd {
  return {
    namespace: firstOf(labels, "namespace"),
    service: firstOf(labels, ...workloads, "app", "service"),
    version: firstOf(labels, "version", "pod_template_hash"),
  };
}

function outbound(labels: Labels, source: EdgeEnd): Ends | undefined {
  const service = firstOf(labels, ...destinations, "dst_service");
  const namespace = firstOf(labels, "dst_namespace");
  const version = firstOf(labels, "dst_version", "dst_pod_template_hash");
  const destination = service === "" ? hostOf(labels, source) : { namespace, service, version };
  return destination.service === "" ? undefined : { reporter: "source", source, destination };
}

/** Outside the mesh, or before there was an endpoint, the host that was asked for is all that is known. */
function hostOf(labels: Labels, source: EdgeEnd): EdgeEnd {
  const host = firstOf(labels, "authority").replace(/:\d+$/, "");
  const { service, namespace = source.namespace } = serviceOfName(host);
  return { namespace, service, version: "" };
}

/** The caller is told by its identity: `web.shop.serviceaccount.identity.linkerd.cluster.local`. */
function inbound(labels: Labels, destination: EdgeEnd): Ends | undefined {
  if (labels.get("direction") !== "inbound" || isOfKubelet(labels)) return undefined;
  const [, service, namespace] =
    /^([^.]+)\.([^.]+)\.serviceaccount\./.exec(labels.get("client_id") ?? "") ?? [];
  const source =
    service === undefined || namespace === undefined ? outsideMesh : { namespace, service, version: "" };
  return { reporter: "destination", source, destination };
}

/** Probes and scrapes are no traffic of the application. */
function isOfKubelet(labels: Labels): boolean {
  return (
    labels.get("route_name") === "probe" ||
    labels.get("srv_port") === adminPort ||
    (labels.get("target_addr") ?? "").endsWith(`:${adminPort}`)
  );
}
