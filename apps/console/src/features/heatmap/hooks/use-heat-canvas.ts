"use client";

import { useTheme } from "next-themes";
import { useEffect, useRef, useState } from "react";
import { drawHeatmap } from "../view-model/draw-heatmap.ts";
import type { HeatGrid } from "../view-model/heat-grid.ts";

/** Draws a heatmap on a canvas: again for other numbers, another size or another theme, and else never. */
export function useHeatCanvas(grid: HeatGrid) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  const { resolvedTheme } = useTheme();
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const observer = new ResizeObserver(() =>
      setSize({ width: element.clientWidth, height: element.clientHeight }),
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: colours are read from the page, whose theme says when they change
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext("2d");
    if (!element || !context || size.width === 0) return;
    const ratio = window.devicePixelRatio;
    element.width = Math.round(size.width * ratio);
    element.height = Math.round(size.height * ratio);
    const style = getComputedStyle(element);
    const token = (name: string) => style.getPropertyValue(name).trim();
    drawHeatmap(
      context,
      grid,
      { ...size, ratio },
      {
        ...{ low: token("--heat-low"), high: token("--heat-high") },
        ...{ line: token("--heat-line"), halo: token("--surface") },
      },
    );
  }, [grid, size, resolvedTheme]);
  return canvas;
}
