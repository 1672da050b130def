"use client";

import type { Box } from "@weir/graph";
import { select } from "d3-selection";
import { type ZoomTransform, zoom, zoomIdentity } from "d3-zoom";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { Sight } from "../drawing/frame.ts";
import { fitTransform, nudgeIntoView, smallestScale } from "../view-model/view-box.ts";

const largestScale = 2.5;
const step = 1.3;

/**
 * Pan and zoom of an SVG by d3-zoom. The transform is written straight into the moving group: React draws nothing
 * while people pan. While `held`, the picture keeps its scale when its box changes. `scale` is told in coarse steps, for what is drawn by level of detail;
 * `rested` is what the view shows since it last came to rest, and `onLook` hears of every step.
 */
export function useZoom(bounds: Box | undefined, held: boolean, onLook: (sight: Sight) => void) {
  const [svg, setSvg] = useState<SVGSVGElement | null>(null);
  const [scale, setScale] = useState(1);
  const [rested, setRested] = useState<Sight>();
  const moving = useRef<SVGGElement>(null);
  const transform = useRef<ZoomTransform>(zoomIdentity);
  const touched = useRef(false);
  const latestBounds = useRef(bounds);
  latestBounds.current = bounds;
  const latestHeld = useRef(held);
  latestHeld.current = held;

  const latestLook = useRef(onLook);
  latestLook.current = onLook;
  const sightOf = useCallback((element: SVGSVGElement): Sight => {
    const { k, x, y } = transform.current;
    return { k, x, y, width: element.clientWidth, height: element.clientHeight };
  }, []);

  const behaviour = useMemo(
    () =>
      zoom<SVGSVGElement, unknown>()
        .scaleExtent([smallestScale, largestScale])
        .on("start", (event: { sourceEvent: unknown }) => event.sourceEvent && setRested(undefined))
        .on("zoom", function (event: { transform: ZoomTransform; sourceEvent: unknown }) {
          transform.current = event.transform;
          if (event.sourceEvent) touched.current = true;
          moving.current?.setAttribute("transform", event.transform.toString());
          latestLook.current(sightOf(this));
          setScale(Math.round(event.transform.k * 10) / 10);
        })
        .on("end", function () {
          setRested(sightOf(this));
        }),
    [sightOf],
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
    const observer = new ResizeObserver(() => {
      if (!touched.current && !latestHeld.current) fit();
      latestLook.current(sightOf(svg));
      setRested(sightOf(svg));
    });
    observer.observe(svg);
    return () => observer.disconnect();
  }, [svg, fit, sightOf]);

  const known = bounds && `${bounds.x} ${bounds.y} ${bounds.width} ${bounds.height}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: fits when the bounds change, unless somebody moved it
  useEffect(() => {
    if (!touched.current) fit();
  }, [known, fit]);

  return { svg, setSvg, moving, scale, rested, fit, show, zoomBy, panBy };
}
