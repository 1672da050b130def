import type { EdgeEnd } from "@weir/store";
import type { Node } from "@weir/telemetry/envoy";
import { cutName } from "../../processors/sender.ts";
import { serviceOfName } from "./service-name.ts";
import { workloadOfStruct } from "./workload-of-struct.ts";

/** The proxy at the other end of a stream. */
export interface ReportingNode {
  readonly id: string;
  /** The workload that it stands beside. */
  readonly workload: EdgeEnd;
  /** Its own IP address, where its name says it. */
  readonly address: string | undefined;
}

/** Istio: `sidecar~10.4.0.7~reviews-v1-7d9.default~default.svc.cluster.local`; also `router`, `waypoint`. */
const istioId = /^[a-z]+~([^~]*)~([^~]*)~([^~]+)$/;

/**
 * Whose proxy a node is. Istio says it by metadata (service, revision, namespace); Consul by `cluster` and the metadata's
 * `namespace`; Kuma by `cluster`, its tag `kuma.io/service`; any other Envoy by `cluster` (`--service-cluster`).
 */
export function reportingNode({ metadata, ...names }: Node): ReportingNode {
  // They stand in every record that is made of an entry, and the store keeps no more of a name than this.
  const [id, cluster] = [cutName(names.id), cutName(names.cluster)];
  const [, address, pod = "", domain = ""] = istioId.exec(id) ?? [];
  const described = workloadOfStruct(metadata);
  const named = serviceOfName(cluster === "" ? (pod.split(".")[0] ?? "") || id : cluster);
  // Istio names the cluster `<app>.<namespace>`.
  const isIstio = address !== undefined;
  const podNamespace = pod.split(".")[1] ?? domain.split(".")[0] ?? "";
  const service = isIstio ? (named.service.split(".")[0] ?? "") : named.service;
  return {
    id,
    address,
    workload: {
      namespace: cutName(described.namespace ?? "") || (isIstio ? podNamespace : (named.namespace ?? "")),
      service: cutName(described.service ?? "") || service || "unknown_service",
      version: cutName(described.version ?? "") || named.version,
    },
  };
}
