import type { MapNode } from "../../../server/topology/topology-view.ts";
import { briefRate, formatShare, plural } from "../../../ui/format/numbers.ts";
import { nameOf } from "./describe.ts";

/** What stands on a node of the map, but for its health and its versions. */
export interface Face {
  readonly name: string;
  /** The rate, and of a version its share of the service's requests. */
  readonly figures: string;
  /** The row below, of a collapsed namespace. */
  readonly row?: string;
}

export function faceOf(node: MapNode): Face {
  const share = node.share === undefined ? "" : ` ${formatShare(node.share)}`;
  const figures = node.requests === 0 ? quietWord(node) : `${briefRate(node.rps)}${share}`;
  if (node.kind !== "namespace") return { name: nameOf(node), figures };
  const inside = node.insideRps ? `, ${briefRate(node.insideRps)} inside` : "";
  return { name: nameOf(node), figures, row: `${plural(node.services ?? 0, "service")}${inside}` };
}

/** Ready and never asked is idle; of what has no endpoint there is just no data. Neither is healthy. */
export function quietWord({ ready, versions }: Pick<MapNode, "ready" | "versions">): "idle" | "no data" {
  return ready || versions.some((version) => version.ready) ? "idle" : "no data";
}
