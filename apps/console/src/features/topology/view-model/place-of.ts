import type { PlaceEnd } from "../../../server/topology/end.ts";
import type { MapNode } from "../../../server/topology/topology-view.ts";

/** What a node stands for, as the console's procedures ask for it. */
export function placeOf({ kind, namespace, name, version }: MapNode): PlaceEnd {
  if (kind === "namespace") return { namespace };
  return { namespace, service: name, ...(version !== undefined && { version }) };
}
