"use client";

import type { Point } from "@weir/graph";
import { drag } from "d3-drag";
import { select } from "d3-selection";
import { type RefObject, useEffect, useRef } from "react";
import type { NodeMoves } from "./use-node-moves.ts";

interface NodeDrag {
  readonly svg: SVGSVGElement | null;
  /** The group that pan and zoom move: distances count in its own lengths. */
  readonly moving: RefObject<SVGGElement | null>;
  readonly moves: NodeMoves;
  onMove(id: string, by: Point): void;
  onEnd(): void;
  /** Names the set of drawn nodes; the drag is attached anew when it changes. */
  readonly drawn: string;
}

interface DragEvent {
  readonly dx: number;
  readonly dy: number;
}

/** Lets people drag nodes by d3-drag; a drag of less than a few pixels stays a click. */
export function useNodeDrag({ svg, moving, moves, onMove, onEnd, drawn }: NodeDrag) {
  const latest = useRef({ moves, onMove, onEnd });
  latest.current = { moves, onMove, onEnd };
  // biome-ignore lint/correctness/useExhaustiveDependencies: the drawn nodes are found in the document
  useEffect(() => {
    const container = moving.current;
    if (!svg || !container) return;
    let at: Point = { x: 0, y: 0 };
    const behaviour = drag<SVGGElement, unknown>()
      .container(() => container)
      .clickDistance(4)
      // A finger on a node pans the map: there is hardly a place between nodes to put it.
      .filter((event: Event) => event instanceof MouseEvent && !event.ctrlKey && event.button === 0)
      .on("start", function () {
        at = latest.current.moves[idOf(this)] ?? { x: 0, y: 0 };
      })
      .on("drag", function (event: DragEvent) {
        at = { x: at.x + event.dx, y: at.y + event.dy };
        latest.current.onMove(idOf(this), at);
      })
      .on("end", () => latest.current.onEnd());
    const nodes = select(svg).selectAll<SVGGElement, unknown>("[data-node]").call(behaviour);
    return () => void nodes.on(".drag", null);
  }, [svg, moving, drawn]);
}

function idOf(element: SVGGElement): string {
  return element.dataset.node ?? "";
}
