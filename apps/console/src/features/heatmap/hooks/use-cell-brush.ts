"use client";

import { type KeyboardEvent, type PointerEvent, useState } from "react";
import { cellAfterKey } from "../view-model/cell-keys.ts";
import { type CellPlace, cellAt, type HeatGrid } from "../view-model/heat-grid.ts";
import { boxBetween, type CellBox } from "../view-model/heat-region.ts";

/** Cells under the pointer or the keyboard's cursor: from where the choice began to where it is. */
interface Pointed {
  readonly from: CellPlace;
  readonly at: CellPlace;
  readonly by: "pointer" | "keys";
}

interface CellBrush {
  /** What is pointed at, or being chosen. */
  readonly box: CellBox | undefined;
  readonly at: CellPlace | undefined;
  readonly by: Pointed["by"] | undefined;
  readonly handlers: {
    onPointerDown(event: PointerEvent): void;
    onPointerMove(event: PointerEvent): void;
    onPointerUp(): void;
    onPointerCancel(): void;
    onPointerLeave(): void;
    onKeyDown(event: KeyboardEvent): void;
    onBlur(): void;
  };
}

/**
 * Choosing cells of a heatmap: by drawing a rectangle with mouse, pen or finger (sideways first: up and down scrolls the page), or
 * with arrow keys, Shift to extend, Enter to choose and Escape to give up. A click chooses the cell.
 */
export function useCellBrush(grid: HeatGrid, onChoose: (box: CellBox | undefined) => void): CellBrush {
  const [pointed, setPointed] = useState<Pointed>();
  const [isDrawing, setDrawing] = useState(false);
  const box = pointed && boxBetween(pointed.from, pointed.at);
  const stop = () => {
    setDrawing(false);
    setPointed(undefined);
  };
  const moveByKey = (event: KeyboardEvent) => {
    const start = pointed?.at ?? { column: grid.columns - 1, row: Math.floor(grid.rows / 2) };
    const at = pointed ? cellAfterKey(grid, start, event.key) : start;
    if (!at || cellAfterKey(grid, start, event.key) === undefined) return false;
    setPointed({ from: event.shiftKey && pointed ? pointed.from : at, at, by: "keys" });
    return true;
  };
  return {
    ...{ box, at: pointed?.at, by: pointed?.by },
    handlers: {
      onPointerDown(event) {
        if (event.button !== 0) return;
        const at = cellOf(grid, event);
        event.currentTarget.setPointerCapture(event.pointerId);
        setPointed({ from: at, at, by: "pointer" });
        setDrawing(true);
      },
      onPointerMove(event) {
        const at = cellOf(grid, event);
        setPointed({ from: isDrawing && pointed ? pointed.from : at, at, by: "pointer" });
      },
      onPointerUp() {
        if (isDrawing) onChoose(box);
        stop();
      },
      onPointerCancel: stop,
      onPointerLeave: () => isDrawing || setPointed(undefined),
      onKeyDown(event) {
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        const isChosen = (event.key === "Enter" || event.key === " ") && box;
        if (isChosen) onChoose(box);
        else if (event.key === "Escape" && pointed) stop();
        else if (event.key === "Escape") onChoose(undefined);
        else if (!moveByKey(event)) return;
        event.preventDefault();
        event.stopPropagation();
      },
      onBlur: stop,
    },
  };
}

function cellOf(grid: HeatGrid, { currentTarget, clientX, clientY }: PointerEvent): CellPlace {
  const { left, top, width, height } = currentTarget.getBoundingClientRect();
  return cellAt(grid, (clientX - left) / width, (clientY - top) / height);
}
