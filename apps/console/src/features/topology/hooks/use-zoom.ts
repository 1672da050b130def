"use client";

import type { Box } from "@weir/graph";
import { select } from "d3-selection";
import { type ZoomTransform, zoom, zoomIdentity } from "d3-zoom";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { fitTransform, nudgeIntoView } from "../view-model/view-box.ts";

const extent: [number, number] = [0.1, 2.5];
const step = 1.3;

/**
 * Pan and zoom of an SVG by d3-zoom. The transform is written straight into the moving group: React draws nothing
 * while people pan. While `held`, the picture keeps its scale when its box changes. `scale` is told in coarse steps, for what is drawn by level of detail.
 */
export function useZoom(bounds: Box | undefined, held: boolean) {
  const [svg, setSvg] = useState<SVGSVGElement | null>(null);
  const [scale, setScale] = useState(1);
  const moving = useRef<SVGGElement>(null);
  const transform = useRef<ZoomTransform>(zoomIdentity);
  const touched = useRef(false);
  const latestBounds = useRef(bounds);
  latestBounds.current = bounds;
  const latestHeld = useRef(held);
  latestHeld.current = held;

  const behaviour = useMemo(
    () =>
      zoom<SVGSVGElement, unknown>()
        .scaleExtent(extent)
        .on("zoom", (event: { transform: ZoomTransform; sourceEvent: unknown }) => {
          transform.current = event.transform;
          if (event.sourceEvent) touched.current = true;
          moving.current?.setAttribute("transform", event.transform.toString());
          setScale(Math.round(event.transform.k * 10) / 10);
        }),
    [],
  );

  const fit = useCallback(() => {
    const box = latestBounds.current;
    if (!svg || !box || box.width === 0) return;
    touched.current = false;
    const { clientWidth: width, clientHeight: height } = svg;
    const { k, x, y } = fitTransform(box, { width, height }, latestHeld.current);
    select(svg).call(behaviour.transform, zoomIdentity.translate(x, y).scale(k));
  }, [svg, behaviour]);

  /** Moves the picture just so far that a box is in sight. */
  const show = useCallback(
    (box: Box) => {
      if (!svg) return;
      const by = nudgeIntoView(box, transform.current, { width: svg.clientWidth, height: svg.clientHeight });
      if (by.x !== 0 || by.y !== 0)
        select(svg).call(behaviour.translateBy, by.x / transform.current.k, by.y / transform.current.k);
    },
    [svg, behaviour],
  );

  const zoomBy = useCallback(
    (direction: 1 | -1) => svg && select(svg).call(behaviour.scaleBy, direction > 0 ? step : 1 / step),
    [svg, behaviour],
  );

  const panBy = useCallback(
    (x: number, y: number) => {
      touched.current = true;
      if (svg) select(svg).call(behaviour.translateBy, x / transform.current.k, y / transform.current.k);
    },
    [svg, behaviour],
  );

  useEffect(() => {
    if (!svg) return;
    const selection = select(svg);
    selection.call(behaviour).on("dblclick.zoom", null);
    return () => void selection.on(".zoom", null);
  }, [svg, behaviour]);

  // The picture fits its box until somebody moves it.
  useEffect(() => {
    if (!svg) return;
    const observer = new ResizeObserver(() => !touched.current && !latestHeld.current && fit());
    observer.observe(svg);
    return () => observer.disconnect();
  }, [svg, fit]);

  const known = bounds && `${bounds.x} ${bounds.y} ${bounds.width} ${bounds.height}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: fits when the bounds change, unless somebody moved it
  useEffect(() => {
    if (!touched.current) fit();
  }, [known, fit]);

  return { svg, setSvg, moving, scale, fit, show, zoomBy, panBy };
}
