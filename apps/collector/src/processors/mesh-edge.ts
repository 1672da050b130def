import { meshAttributes } from "@weir/domain";
import type { EdgeEnd, Reporter } from "@weir/store";
import type { Attributes } from "@weir/telemetry/otlp";
import { nameOf } from "./sender.ts";

/** Both ends of an edge, and whose sidecar saw it. */
export interface MeshEdge {
  readonly reporter: Reporter;
  readonly source: EdgeEnd;
  readonly destination: EdgeEnd;
}

/** The edge that a sidecar's attributes name; undefined when the reporter or an end's service is missing. */
export function meshEdgeOf(attributes: Attributes): MeshEdge | undefined {
  const reporter = attributes[meshAttributes.reporter];
  const ends = edgeEndsOf(attributes);
  return ends && (reporter === "source" || reporter === "destination") ? { reporter, ...ends } : undefined;
}

/** The two ends alone, as decisions name them. */
export function edgeEndsOf(attributes: Attributes): Pick<MeshEdge, "source" | "destination"> | undefined {
  const source: EdgeEnd = {
    namespace: nameOf(attributes[meshAttributes.sourceNamespace]),
    service: nameOf(attributes[meshAttributes.sourceService]),
    version: nameOf(attributes[meshAttributes.sourceVersion]),
  };
  const destination: EdgeEnd = {
    namespace: nameOf(attributes[meshAttributes.destinationNamespace]),
    service: nameOf(attributes[meshAttributes.destinationService]),
    version: nameOf(attributes[meshAttributes.destinationVersion]),
  };
  return source.service && destination.service ? { source, destination } : undefined;
}

/** Whether a metric point comes from a sidecar of the mesh: other senders use the same names for durations. */
export function isFromMesh({ attributes }: { readonly attributes: Attributes }): boolean {
  return meshAttributes.reporter in attributes;
}

/** A response's status code; 0 when there was no response. */
export function statusOf(attributes: Attributes): number {
  const status = Number(attributes[meshAttributes.status] ?? 0);
  return Number.isInteger(status) && status >= 100 && status <= 999 ? status : 0;
}

/** A text, or a fallback, cut like every name that becomes a dictionary key. */
export function textOf(attributes: Attributes, name: string, fallback = ""): string {
  return nameOf(attributes[name]) || fallback;
}
