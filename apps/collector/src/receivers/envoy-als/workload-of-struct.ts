import type { EdgeEnd } from "@weir/store";
import type { Struct } from "@weir/telemetry/envoy";

/** Of a workload, what is known. */
export type KnownWorkload = Partial<EdgeEnd>;

/**
 * The workload that Istio's metadata describes: of a node (`NAMESPACE`, `LABELS`, `WORKLOAD_NAME`), or of a peer in the
 * same or in its newer form (`namespace`, `service`, `revision`, `workload`). The canonical name and revision are what
 * Istio's own metrics are labelled with (istio.io: canonical service).
 */
export function workloadOfStruct(metadata: Struct): KnownWorkload {
  const labels = structOf(metadata, "LABELS") ?? structOf(metadata, "labels") ?? new Map();
  return {
    namespace: firstText([metadata, "NAMESPACE"], [metadata, "namespace"]),
    service: firstText(
      [metadata, "CANONICAL_TELEMETRY_SERVICE"],
      [labels, "service.istio.io/canonical-name"],
      [metadata, "service"],
      [labels, "app.kubernetes.io/name"],
      [labels, "app"],
      [metadata, "app"],
      [metadata, "WORKLOAD_NAME"],
      [metadata, "workload"],
    ),
    version: firstText(
      [labels, "service.istio.io/canonical-revision"],
      [metadata, "revision"],
      [labels, "app.kubernetes.io/version"],
      [labels, "version"],
      [metadata, "version"],
    ),
  };
}

function firstText(...places: readonly (readonly [Struct, string])[]): string {
  for (const [fields, name] of places) {
    const value = fields.get(name);
    if (typeof value === "string" && value !== "") return value;
  }
  return "";
}

function structOf(fields: Struct, name: string): Struct | undefined {
  const value = fields.get(name);
  return value instanceof Map ? (value as Struct) : undefined;
}
