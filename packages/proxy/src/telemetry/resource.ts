import type { Workload } from "@weir/domain";
import type { Draft, ExportLogsServiceRequest } from "@weir/telemetry/otlp";

type ResourceDraft = NonNullable<
  NonNullable<Draft<ExportLogsServiceRequest>["resourceLogs"]>[number]["resource"]
>;

/** The workload a sidecar speaks for (OpenTelemetry semantic conventions: service.*). */
export function resourceOf({ namespace, service, version }: Workload, proxyId: string): ResourceDraft {
  return {
    attributes: {
      "service.namespace": namespace,
      "service.name": service,
      "service.version": version,
      "service.instance.id": proxyId,
      "telemetry.sdk.name": "weir",
    },
  };
}

export const scope = { name: "weir.proxy" } as const;
