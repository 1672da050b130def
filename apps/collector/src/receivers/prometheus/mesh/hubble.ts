import { outsideMesh } from "@weir/domain";
import type { EdgeEnd } from "@weir/store";
import { firstOf, statusClassOf } from "./label-values.ts";
import type { Labels, MeshTable } from "./mesh-table.ts";

/**
 * Cilium's Hubble, metric `httpV2` (docs.cilium.io: observability, metrics) with `sourceContext`, `destinationContext`
 * or `labelsContext`. Of the older `http`, which counts requests without a status and responses with both ends
 * swapped, nothing is taken. Whose proxy sees a request depends on the policies: often only the server's.
 */
export const hubble: MeshTable = {
  name: "hubble",
  measures: [
    { metric: "hubble_http_requests_total", of: "requests" },
    { metric: "hubble_http_request_duration_seconds", of: "duration", unit: "s" },
  ],
  reportOf(labels, { of }) {
    const status = labels.get("status");
    const destination = endOf(labels, "destination");
    if (!destination || (of === "requests" && status === undefined)) return undefined;
    return {
      reporter: labels.get("reporter") === "client" ? "source" : "between",
      source: endOf(labels, "source") ?? outsideMesh,
      destination,
      answer: {
        method: firstOf(labels, "method"),
        ...(status === undefined ? {} : { protocol: "http", status: statusClassOf(status), flag: "" }),
      },
    };
  },
};

/** By the labels of `labelsContext`; else by the one of the context, `shop/web-6f7d` or `web` or `reserved:world`. */
function endOf(labels: Labels, end: "source" | "destination"): EdgeEnd | undefined {
  const context = firstOf(labels, end);
  const slash = context.indexOf("/");
  const service =
    firstOf(labels, `${end}_service`, `${end}_workload`, `${end}_app`) || context.slice(slash + 1);
  // What is not in the cluster has an identity of Cilium's own.
  if (service === "" || service.startsWith("reserved:")) return undefined;
  const namespace = firstOf(labels, `${end}_namespace`) || context.slice(0, Math.max(slash, 0));
  return { namespace, service, version: firstOf(labels, `${end}_version`) };
}
