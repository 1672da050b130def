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
  // All of it goes without saying.
  const share = node.share === undefined || node.share === 1 ? "" : ` ${formatShare(node.share)}`;
  const figures = node.requests === 0 ? quietWord(node) : `${briefRate(node.rps)}${share}`;
  const name = nameOf(node);
  return node.kind === "namespace"
    ? { name, figures, row: plural(node.services ?? 0, "service") }
    : { name, figures };
}

const longestName = 16;

/** A name for a box that does not measure text; of a version its end is what tells it from the others. */
export function shortName({ name, version = "" }: Pick<MapNode, "name" | "version">, whole: string): string {
  if (whole.length <= longestName) return whole;
  const tail = version.length > 0 && version.length < longestName / 2 ? ` ${version}` : "";
  // A version is in figures, which are wider.
  const kept = longestName - 1 - tail.length - (tail ? 1 : 0);
  return `${(tail ? name : whole).slice(0, kept)}…${tail}`;
}

/** Ready and never asked is idle; of what has no endpoint there is just no data. Neither is healthy. */
export function quietWord({ ready, versions }: Pick<MapNode, "ready" | "versions">): "idle" | "no data" {
  return ready || versions.some((version) => version.ready) ? "idle" : "no data";
}
