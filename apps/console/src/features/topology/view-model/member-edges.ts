import type { PlaceEnd } from "../../../server/topology/end.ts";
import type { MapEdge, MapNode, MapView } from "../../../server/topology/topology-view.ts";

/** The edges between services that one edge of another map stands for, the busiest first. */
export function memberEdges(
  services: MapView,
  ends: { readonly source: PlaceEnd; readonly destination: PlaceEnd },
): MapEdge[] {
  const within = (place: PlaceEnd) => {
    const isIn = ({ namespace, name }: MapNode) =>
      namespace === place.namespace && (place.service === undefined || name === place.service);
    return new Set(services.nodes.filter(isIn).map(({ id }) => id));
  };
  const [sources, targets] = [within(ends.source), within(ends.destination)];
  return services.edges
    .filter(({ source, target }) => sources.has(source) && targets.has(target))
    .sort((a, b) => b.requests - a.requests);
}
