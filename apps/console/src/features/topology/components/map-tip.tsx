import type { Placement } from "@weir/graph";
import type { MapView } from "../../../server/topology/topology-view.ts";
import type { Sight } from "../drawing/frame.ts";
import type { Selection } from "../hooks/use-selection.ts";
import { describeEdge, describeNode } from "../view-model/describe.ts";

interface MapTipProps {
  readonly of: Selection;
  readonly view: MapView;
  readonly placement: Placement;
  readonly names: ReadonlyMap<string, string>;
  readonly sight: Sight;
}

/** What is under the pointer in words, where it is too small to be read; its button says the same. */
export function MapTip({ of, view, placement, names, sight }: MapTipProps) {
  const at = placeOf(of, placement);
  const text = textOf(of, view, names);
  if (!at || text === undefined) return null;
  const x = Math.max(8, Math.min(sight.width - 8, at.x * sight.k + sight.x));
  const isLow = at.y * sight.k + sight.y > sight.height - 80;
  return (
    <p
      aria-hidden
      className="pointer-events-none absolute z-10 w-max max-w-80 break-words rounded-md border border-line bg-surface px-2 py-1 text-xs shadow-float"
      style={{
        left: x,
        top: Math.max(8, at.y * sight.k + sight.y + (isLow ? -12 : 12)),
        transform: `translate(${x > sight.width / 2 ? "-100%" : "0"}, ${isLow ? "-100%" : "0"})`,
      }}
    >
      {text}
    </p>
  );
}

function placeOf(of: Selection, placement: Placement) {
  if (of.kind === "edge") return placement.edges.get(of.id)?.labelAt;
  const box = placement.nodes.get(of.id);
  return box && { x: box.x + box.width / 2, y: box.y + box.height };
}

function textOf(of: Selection, view: MapView, names: ReadonlyMap<string, string>): string | undefined {
  if (of.kind === "node") {
    const node = view.nodes.find(({ id }) => id === of.id);
    return node && describeNode(node);
  }
  const edge = view.edges.find(({ id }) => id === of.id);
  return edge && describeEdge(edge, names);
}
