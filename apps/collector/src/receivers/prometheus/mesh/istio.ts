import { outsideMesh, passthrough } from "@weir/domain";
import type { EdgeEnd } from "@weir/store";
import { firstOf, grpcStatusOf, securityOf, statusClassOf } from "./label-values.ts";
import type { Answer, EdgeReport, Labels, MeshTable } from "./mesh-table.ts";

/**
 * Istio's standard metrics (istio.io: reference, config, metrics), of sidecars, gateways, waypoints and ztunnel. Both
 * ends go by their canonical service, so that one service is one node whether it calls or is called; the destination by
 * its Service's name where no workload was reached. TCP connections count when they close, as Weir's own do.
 */
export const istio: MeshTable = {
  name: "istio",
  measures: [
    { metric: "istio_requests_total", of: "requests" },
    { metric: "istio_request_duration_milliseconds", of: "duration", unit: "ms" },
    { metric: "istio_request_bytes_sum", of: "requestBytes" },
    { metric: "istio_response_bytes_sum", of: "responseBytes" },
    { metric: "istio_tcp_connections_closed_total", of: "requests" },
    { metric: "istio_tcp_received_bytes_total", of: "requestBytes" },
    { metric: "istio_tcp_sent_bytes_total", of: "responseBytes" },
  ],
  reportOf(labels, { metric }) {
    const reporter = reporters[labels.get("reporter") ?? ""];
    const destination = destinationOf(labels);
    if (!reporter || destination.service === "") return undefined;
    return { reporter, source: sourceOf(labels), destination, answer: answerOf(labels, metric) };
  },
};

const reporters: Readonly<Record<string, EdgeReport["reporter"]>> = {
  source: "source",
  destination: "destination",
  // Of an ambient mesh: the caller's ztunnel knows connections only.
  waypoint: "between",
};

function sourceOf(labels: Labels): EdgeEnd {
  const service = firstOf(labels, "source_canonical_service", "source_app", "source_workload");
  if (service === "") return outsideMesh;
  return {
    namespace: firstOf(labels, "source_workload_namespace"),
    service,
    version: revisionOf(labels, "source"),
  };
}

function destinationOf(labels: Labels): EdgeEnd {
  const service = firstOf(
    labels,
    "destination_canonical_service",
    "destination_service_name",
    "destination_app",
    "destination_workload",
  );
  if (service === "PassthroughCluster") return passthrough;
  return {
    namespace: firstOf(labels, "destination_service_namespace", "destination_workload_namespace"),
    service,
    version: revisionOf(labels, "destination"),
  };
}

/** Of a workload that is not known, `latest` says nothing. */
function revisionOf(labels: Labels, end: "source" | "destination"): string {
  const isKnown = firstOf(labels, `${end}_canonical_service`) !== "";
  return firstOf(labels, ...(isKnown ? [`${end}_canonical_revision`] : []), `${end}_version`);
}

function answerOf(labels: Labels, metric: string): Answer {
  // Several flags stand in the order in which things went wrong.
  const flag = firstOf(labels, "response_flags").split(",", 1)[0] ?? "";
  const security = securityOf(labels);
  // A connection has no status: it was there, or failed with a flag.
  if (metric.startsWith("istio_tcp_"))
    return { protocol: "tcp", status: flag === "" ? 200 : 0, flag, security };
  return {
    protocol: labels.get("request_protocol") === "grpc" ? "grpc" : "http",
    method: firstOf(labels, "request_method"),
    status: statusClassOf(labels.get("response_code") ?? ""),
    grpcStatus: grpcStatusOf(labels.get("grpc_response_status") ?? ""),
    flag,
    security,
  };
}
