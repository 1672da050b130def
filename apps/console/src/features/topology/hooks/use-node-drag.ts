"use client";

import type { Point } from "@weir/graph";
import { drag } from "d3-drag";
import { select } from "d3-selection";
import { type RefObject, useEffect, useRef } from "react";
import type { NodeMoves } from "../view-model/moves-text.ts";

interface NodeDrag {
  readonly svg: SVGSVGElement | null;
  /** The group that pan and zoom move: distances count in its own lengths. */
  readonly moving: RefObject<SVGGElement | null>;
  readonly moves: NodeMoves;
  onMove(id: string, by: Point): void;
  onEnd(): void;
}

interface DragEvent {
  readonly dx: number;
  readonly dy: number;
  readonly sourceEvent: Event;
}

/** Lets people drag nodes by d3-drag, whichever are drawn; a drag of less than a few pixels stays a click. */
export function useNodeDrag({ svg, moving, moves, onMove, onEnd }: NodeDrag) {
  const latest = useRef({ moves, onMove, onEnd });
  latest.current = { moves, onMove, onEnd };
  useEffect(() => {
    const container = moving.current;
    if (!svg || !container) return;
    let id = "";
    let at: Point = { x: 0, y: 0 };
    const behaviour = drag<SVGGElement, unknown>()
      .container(() => container)
      .clickDistance(4)
      // A finger on a node pans the map: there is hardly a place between nodes to put it.
      .filter(
        (event: Event) =>
          event instanceof MouseEvent && !event.ctrlKey && event.button === 0 && idOf(event) !== undefined,
      )
      .on("start", ({ sourceEvent }: DragEvent) => {
        id = idOf(sourceEvent) ?? "";
        at = latest.current.moves[id] ?? { x: 0, y: 0 };
      })
      .on("drag", (event: DragEvent) => {
        at = { x: at.x + event.dx, y: at.y + event.dy };
        latest.current.onMove(id, at);
      })
      .on("end", () => latest.current.onEnd());
    const selection = select(container).call(behaviour);
    return () => void selection.on(".drag", null);
  }, [svg, moving]);
}

/** The node that was taken hold of; undefined beside all of them. */
function idOf({ target }: Event): string | undefined {
  const node = target instanceof Element ? target.closest<SVGGElement>("[data-node]") : undefined;
  return node?.dataset.node;
}
