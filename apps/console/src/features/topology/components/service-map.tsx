"use client";

import { boundsOf, moveNodes, type Placement } from "@weir/graph";
import { useEffect, useMemo } from "react";
import type { MapView } from "../../../server/topology/topology-view.ts";
import { useMapKeys } from "../hooks/use-map-keys.ts";
import { useNodeDrag } from "../hooks/use-node-drag.ts";
import { useNodeMoves } from "../hooks/use-node-moves.ts";
import type { Selection } from "../hooks/use-selection.ts";
import { useZoom } from "../hooks/use-zoom.ts";
import { boxOfSelection } from "../view-model/box-of-selection.ts";
import { describeEdge, describeMap, nameOf } from "../view-model/describe.ts";
import { inFocus } from "../view-model/in-focus.ts";
import { mostLabels } from "../view-model/measures.ts";
import { MapEdge } from "./map-edge.tsx";
import { MapEdgeLabel } from "./map-edge-label.tsx";
import { MapGroups } from "./map-groups.tsx";
import { MapLegend } from "./map-legend.tsx";
import { MapNode } from "./map-node.tsx";
import { MapToolbar } from "./map-toolbar.tsx";

interface ServiceMapProps {
  readonly view: MapView;
  readonly placement: Placement;
  /** Ids of what is looked for; absent: nothing is. */
  readonly found: ReadonlySet<string> | undefined;
  readonly selection: Selection | undefined;
  onSelect(selection: Selection | undefined): void;
  /** A clean picture: forgets where things stood. */
  onArrange(): void;
}

/** Below this zoom the small figures could not be read; labels then show for what is selected only. */
const labelsFromScale = 0.7;

/** The map as a picture: pan, zoom, drag, and everything on it a button. */
export function ServiceMap(props: ServiceMapProps) {
  const { view, placement: laidOut, found, selection, onSelect, onArrange } = props;
  const { moves, move, keep, reset } = useNodeMoves();
  const placement = useMemo(() => moveNodes(laidOut, moves), [laidOut, moves]);
  const bounds = useMemo(() => boundsOf(laidOut), [laidOut]);
  const { setSvg, svg, moving, scale, fit, show, zoomBy, panBy } = useZoom(bounds, selection !== undefined);
  useNodeDrag({ svg, moving, moves, onMove: move, onEnd: keep, drawn: placement.key });
  useMapKeys({ fit, zoomBy, panBy });

  const names = useMemo(() => new Map(view.nodes.map((node) => [node.id, nameOf(node)])), [view.nodes]);
  const focus = useMemo(() => inFocus(view, selection) ?? found, [view, selection, found]);
  const selectNode = useMemo(() => (id: string) => onSelect({ kind: "node", id }), [onSelect]);
  const selectEdge = useMemo(() => (id: string) => onSelect({ kind: "edge", id }), [onSelect]);
  const labels = scale >= labelsFromScale && view.edges.length <= mostLabels;

  const selectedBox = useMemo(() => boxOfSelection(placement, selection), [placement, selection]);
  useEffect(() => {
    // After the panel has taken its room, what was clicked must still be in sight.
    if (!selectedBox) return;
    const frame = requestAnimationFrame(() => show(selectedBox));
    return () => cancelAnimationFrame(frame);
  }, [selectedBox, show]);

  return (
    <div className="@container relative h-full min-h-0 overflow-hidden">
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: a click beside everything closes the panel, as Escape does */}
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms, and cannot be an SVG */}
      <svg
        ref={setSvg}
        data-map
        role="group"
        aria-label={`Map: ${describeMap(view.nodes, view.edges)}`}
        className="size-full cursor-grab touch-none select-none active:cursor-grabbing"
        onClick={(event) => event.target === event.currentTarget && onSelect(undefined)}
      >
        <g ref={moving}>
          <MapGroups groups={placement.groups} />
          {view.edges.map((edge) => {
            const placed = placement.edges.get(edge.id);
            return (
              placed && (
                <MapEdge
                  key={edge.id}
                  edge={edge}
                  placed={placed}
                  selected={selection?.id === edge.id}
                  dimmed={focus !== undefined && !focus.has(edge.id)}
                  onSelect={selectEdge}
                />
              )
            );
          })}
          {view.nodes.map((node) => {
            const box = placement.nodes.get(node.id);
            return (
              box && (
                <MapNode
                  key={node.id}
                  node={node}
                  box={box}
                  selected={selection?.id === node.id}
                  dimmed={focus !== undefined && !focus.has(node.id)}
                  onSelect={selectNode}
                />
              )
            );
          })}
          {view.edges.map((edge) => {
            const placed = placement.edges.get(edge.id);
            return (
              placed && (
                <MapEdgeLabel
                  key={edge.id}
                  edge={edge}
                  placed={placed}
                  description={describeEdge(edge, names)}
                  selected={selection?.id === edge.id}
                  dimmed={focus !== undefined && !focus.has(edge.id)}
                  shown={labels || (focus?.has(edge.id) ?? false)}
                  onSelect={selectEdge}
                />
              )
            );
          })}
        </g>
      </svg>
      <MapLegend />
      <MapToolbar
        hiddenWhenNarrow={selection !== undefined}
        zoomBy={zoomBy}
        fit={fit}
        arrange={() => {
          reset();
          onArrange();
        }}
      />
    </div>
  );
}
