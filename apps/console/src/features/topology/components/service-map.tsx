"use client";

import { boundsOf, isLarge, moveNodes, type Placement, type Point } from "@weir/graph";
import dynamic from "next/dynamic";
import { type MouseEvent, useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { MapView } from "../../../server/topology/topology-view.ts";
import { boxInView, type Sight } from "../drawing/frame.ts";
import { middleOf, nearestTo, nextThatWay } from "../drawing/walk.ts";
import { useMapKeys } from "../hooks/use-map-keys.ts";
import { useMapOutlook } from "../hooks/use-map-outlook.ts";
import { useNear } from "../hooks/use-near.ts";
import { useNodeDrag } from "../hooks/use-node-drag.ts";
import { useNodeMoves } from "../hooks/use-node-moves.ts";
import type { Selection } from "../hooks/use-selection.ts";
import { useTraffic } from "../hooks/use-traffic.ts";
import { useZoom } from "../hooks/use-zoom.ts";
import { boxOfSelection } from "../view-model/box-of-selection.ts";
import { describeMap, nameOf } from "../view-model/describe.ts";
import { inFocus } from "../view-model/in-focus.ts";
import { mostLabels } from "../view-model/measures.ts";
import { touchedBy } from "../view-model/touched-by.ts";
import { movingEdges } from "../view-model/traffic.ts";
import { ExportMenu } from "./export-menu.tsx";
import { MapElements } from "./map-elements.tsx";
import { MapFailed } from "./map-failed.tsx";
import { MapGroups } from "./map-groups.tsx";
import { MapLegend } from "./map-legend.tsx";
import { MapTip } from "./map-tip.tsx";
import { MapToolbar } from "./map-toolbar.tsx";
import { TrafficToggle } from "./traffic-toggle.tsx";

// Of large maps only.
const MapPicture = dynamic(() => import("./map-picture.tsx").then((module) => module.MapPicture), {
  ssr: false,
});

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

/** Below this zoom a button on a large map is too small to be hit. */
const buttonsFromScale = 0.4;

/** The map as a picture: pan, zoom, drag, and everything on it a button; of a large map what is near. */
export function ServiceMap(props: ServiceMapProps) {
  const { view, placement: laidOut, found, selection, onSelect, onArrange } = props;
  const { moves, move, keep, reset } = useNodeMoves();
  const placement = useMemo(() => moveNodes(laidOut, moves), [laidOut, moves]);
  const bounds = useMemo(() => boundsOf(laidOut), [laidOut]);
  const pictured = isLarge(view);
  const [unpainted, setUnpainted] = useState<Error>();
  const sight = useRef<Sight>(undefined);
  const movePicture = useRef<(sight: Sight) => void>(undefined);
  const { setSvg, svg, moving, scale, rested, fit, show, zoomBy, panBy } = useZoom(
    bounds,
    selection !== undefined,
    (now) => {
      sight.current = now;
      movePicture.current?.(now);
    },
  );
  useNodeDrag({ svg, moving, moves, onMove: move, onEnd: keep });

  const names = useMemo(() => new Map(view.nodes.map((node) => [node.id, nameOf(node)])), [view.nodes]);
  const around = useMemo(() => inFocus(view, selection), [view, selection]);
  const outlooks = useMapOutlook(view);
  // A picture knows nothing of outlooks: there all but the edges that have one stand back.
  const touched = useMemo(
    () => (pictured && outlooks ? touchedBy(view, outlooks) : undefined),
    [pictured, outlooks, view],
  );
  const focus = around ?? found ?? touched;
  const near = useNear({ pictured, view, placement, selection, around, rested, moving });
  const { part, looked, at, goTo, handlers } = near;
  const traffic = useTraffic();

  const walk = (way: Point) => {
    const from = document.activeElement?.closest<SVGGElement>("[data-node]")?.dataset.node;
    const box = from === undefined ? undefined : placement.nodes.get(from);
    if (!box && !sight.current) return;
    const next = box
      ? nextThatWay(placement.nodes, middleOf(box), way)
      : sight.current && nearestTo(placement.nodes, middleOf(boxInView(sight.current)));
    const nextBox = next === undefined ? undefined : placement.nodes.get(next);
    if (next === undefined || !nextBox) return;
    show(nextBox);
    goTo(next);
  };
  useMapKeys({ fit, zoomBy, panBy, walk });

  const onReady = useCallback((look: (sight: Sight) => void) => {
    movePicture.current = look;
    if (sight.current) look(sight.current);
  }, []);

  const selectedBox = useMemo(() => boxOfSelection(placement, selection), [placement, selection]);
  useEffect(() => {
    // After the panel has taken its room, what was clicked must still be in sight.
    if (!selectedBox) return;
    const frame = requestAnimationFrame(() => show(selectedBox));
    return () => cancelAnimationFrame(frame);
  }, [selectedBox, show]);

  if (pictured && unpainted)
    return <MapFailed error={unpainted} what="the map's picture" retry={() => setUnpainted(undefined)} />;
  return (
    <div className="@container relative h-full min-h-0 overflow-hidden">
      {pictured && <MapPicture {...{ view, placement, focus, onReady }} onFailure={setUnpainted} />}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: a click beside everything closes the panel, as Escape does */}
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms, and cannot be an SVG */}
      <svg
        ref={setSvg}
        data-map
        role="group"
        aria-label={`Map: ${describeMap(view.nodes, view.edges)}`}
        className="relative size-full cursor-grab touch-none select-none active:cursor-grabbing"
        onClick={(event: MouseEvent) => event.target === event.currentTarget && onSelect(at(event))}
        {...handlers}
      >
        <g ref={moving}>
          {(!pictured || scale >= buttonsFromScale) && (
            <MapGroups groups={placement.groups} painted={pictured} />
          )}
          <MapElements
            {...{ part, placement, names, focus, selection, outlooks, onSelect }}
            moving={traffic.moves ? movingEdges(part.edges, around, pictured) : []}
            labels={scale >= labelsFromScale && view.edges.length <= mostLabels}
          />
        </g>
      </svg>
      {looked && looked.id !== selection?.id && rested && rested.k < labelsFromScale && (
        <MapTip of={looked} {...{ view, placement, names }} sight={rested} />
      )}
      <MapLegend view={view} linesAreHealth={outlooks === undefined || pictured} />
      <MapToolbar
        hiddenWhenNarrow={selection !== undefined}
        zoomBy={zoomBy}
        fit={fit}
        arrange={() => {
          reset();
          onArrange();
        }}
      >
        <TrafficToggle {...traffic} />
        <ExportMenu
          view={view}
          sourceNow={() => {
            if (pictured) return { painted: { view, placement, focus } };
            return svg && moving.current ? { svg, moving: moving.current } : undefined;
          }}
        />
      </MapToolbar>
    </div>
  );
}
