import type { EdgeEnd } from "@weir/store";
import { serviceOfName } from "../../envoy-als/service-name.ts";
import { firstOf } from "./label-values.ts";
import type { Measure, MeshTable } from "./mesh-table.ts";

/**
 * App Mesh's metrics extension (APPMESH_METRIC_EXTENSION_VERSION=1; App Mesh user guide: metrics extension): a virtual
 * node or gateway calls a virtual service, behind which a virtual node answers; the latter is its version here.
 */
export const appMesh: MeshTable = {
  name: "app-mesh",
  measures: [
    ...[2, 3, 4, 5].map(
      (first): Measure => ({
        metric: `envoy_appmesh_HTTPCode_Target_${first}XX_Count`,
        of: "requests",
        status: first * 100,
      }),
    ),
    { metric: "envoy_appmesh_TargetResponseTime", of: "duration", unit: "ms" },
  ],
  reportOf(labels, { status }) {
    const source = firstOf(labels, "VirtualNode", "VirtualGateway");
    const destination = firstOf(labels, "TargetVirtualService");
    if (source === "" || destination === "") return undefined;
    const caller = virtualNodeOf(source);
    const { service, namespace = caller.namespace } = serviceOfName(destination);
    const version = virtualNodeOf(firstOf(labels, "TargetVirtualNode")).service;
    return {
      reporter: "source",
      source: { ...caller, version: "" },
      destination: { namespace, service, version },
      answer: status === undefined ? {} : { protocol: "http", status, flag: "" },
    };
  },
};

/** Its controller for Kubernetes names virtual nodes `name_namespace`. */
function virtualNodeOf(name: string): Omit<EdgeEnd, "version"> {
  const [service = "", namespace = ""] = name.split("_");
  return { namespace, service };
}
