import type { MapBy } from "../../../server/topology/places.ts";

/** What a node of the map can stand for. */
export const mapShapes = ["service", "version", "workload", "namespace"] as const satisfies readonly MapBy[];

export const shapeNames: Readonly<Record<MapBy, string>> = {
  service: "Services",
  version: "Versions",
  workload: "Workloads",
  namespace: "Namespaces",
};

/** As the map's procedure takes it: nothing for what is so anyhow. */
export function shapeInput(by: MapBy, toggled: readonly string[]) {
  return { ...(by !== "service" && { by }), ...(toggled.length > 0 && { toggled: [...toggled] }) };
}
