import type { MapView } from "../../../server/topology/topology-view.ts";
import type { MapOutlook } from "./map-outlook.ts";

/** Ids of the edges that have an outlook, and of their ends. */
export function touchedBy(
  { edges }: MapView,
  outlooks: ReadonlyMap<string, MapOutlook>,
): ReadonlySet<string> {
  return new Set(edges.flatMap(({ id, source, target }) => (outlooks.has(id) ? [id, source, target] : [])));
}
