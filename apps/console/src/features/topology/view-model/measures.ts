import type { Direction, Size } from "@weir/graph";
import type { MapNode } from "../../../server/topology/topology-view.ts";

/** Lengths of what is drawn on the map, in pixels at a zoom of 1; the layout keeps this room. */
/** Narrower where flow goes down: services of one layer then stand beside each other on a narrow window. */
const nodeWidth = { right: 172, down: 142 };
export const headHeight = 48;
export const versionHeight = 18;
const footHeight = 8;

export const labelSize: Size = { width: 106, height: 32 };

/** With more edges than this, labels are drawn for what is looked at only, and the layout keeps no room for them. */
export const mostLabels = 60;

/** A service's box: its name and its numbers, and a row for each version; of a namespace one for all. */
export function nodeSize(node: Pick<MapNode, "kind" | "versions">, direction: Direction): Size {
  const width = nodeWidth[direction];
  if (node.kind === "namespace") return { width, height: headHeight + versionHeight + footHeight };
  if (node.kind === "outside" || node.versions.length === 0) return { width, height: headHeight };
  return { width, height: headHeight + node.versions.length * versionHeight + footHeight };
}
