import type { Draft, ExportLogsServiceRequest } from "@weir/telemetry/otlp";
import type { ReportingNode } from "./reporting-node.ts";

type ResourceDraft = NonNullable<
  NonNullable<Draft<ExportLogsServiceRequest>["resourceLogs"]>[number]["resource"]
>;

/** The workload that a proxy speaks for, as a sidecar of Weir's own names it (semantic conventions: service.*). */
export function nodeResource({ id, workload }: ReportingNode): ResourceDraft {
  return {
    attributes: {
      "service.namespace": workload.namespace,
      "service.name": workload.service,
      "service.version": workload.version,
      "service.instance.id": id,
      "telemetry.sdk.name": "envoy",
    },
  };
}

/**
 * `batch` makes every batch a body of its own: identical bodies count as one that was sent again, and Envoy never sends
 * again.
 */
export function alsScope(batch: string) {
  return { name: "envoy.access_logs", attributes: { "weir.batch": batch } };
}
